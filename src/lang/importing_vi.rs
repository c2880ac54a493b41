//! Import and export in Vietnamese.

use super::importing::Importing;

pub(super) const IMPORTING: Importing = Importing {
    no_import: |import| format!("Không có lần nhập số {import}. Xem các lần nhập bằng: casebook imports"),
    undone_already: |import, on| format!("Lần nhập {import} đã bị hủy ngày {}.", on.format("%d/%m/%Y")),
    changed_since: |import, cases| {
        format!(
            "Có vụ của lần nhập {import} đã được sửa sau khi nhập: {cases}. Chưa hủy gì. Thêm --force để hủy cả các vụ đó."
        )
    },
    cut_off: "Không đọc được hết tệp. Chưa lưu gì.",
    file: |file, why| format!("{file}: {why} Chưa lưu gì."),
    empty: "tệp trống.",
    many_rows: |row| format!("dòng {row}: một vụ có hơn 5.000 dòng."),
    two_texts: |row| format!("{row}: hai cột cùng một trường ghi khác nhau; lấy cột đầu."),
    not_text: |line| format!("dòng {line} có byte NUL; tệp hỏng hoặc không phải tệp văn bản."),
    encoding: |line, encoding| {
        format!("dòng {line} không phải {encoding}. Lưu lại tệp bằng UTF-8, hoặc nêu bảng mã bằng --encoding.")
    },
    unknown_encoding: |name| format!("không có bảng mã \"{name}\". Ví dụ: utf-8, utf-16le, windows-1258."),
    quote: |line, opened| {
        format!("dòng {opened} mở dấu ngoặc kép mà không đóng (thấy ở dòng {line}). Sửa dòng {opened} rồi nhập lại.")
    },
    long_record: |line| format!("dòng {line} quá dài: một ô hơn 1 MB, hoặc cả dòng hơn 4 MB."),
    many_columns: |row| format!("dòng {row} có hơn 1.000 cột."),
    long_cell: "có ô dài hơn 1 MB.",
    too_large: |most| format!("tệp giải nén ra hơn {most} MB; có thể là tệp bẫy."),
    damaged: |said| {
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        format!("tệp hỏng, chưa tải hết hoặc có mật khẩu{said}.")
    },
    no_sheet: |name, there| format!("không có trang tính \"{name}\". Có: {there}."),
    no_header: |looked| {
        format!(
            "không thấy dòng tiêu đề trong {looked} dòng đầu. Ghi ý nghĩa các cột vào tệp ánh xạ: \
             casebook import --suggest-map TỆP -o map.toml, rồi thêm --map map.toml."
        )
    },
    two_columns: |field, one, two| {
        format!("cột {one} và cột {two} đều có thể là \"{field}\". Chọn một cột bằng tệp ánh xạ (--map).")
    },
    no_column: |name, there| format!("tệp ánh xạ nêu cột \"{name}\" mà bảng không có. Bảng có: {there}."),
    no_field: |fields, first| {
        format!(
            "bảng không có cột nào cho: {fields}. Nếu mọi dòng giống nhau, thêm --set {first}=…; nếu có cột, nêu bằng --map."
        )
    },
    month_first_file: |row, column, value| {
        format!(
            "dòng {row}, cột {column}: \"{value}\" ghi tháng trước ngày, nên các ngày khác của cột có thể bị đọc sai. \
             Sửa cột này, hoặc nêu --dates mdy nếu cả tệp ghi tháng trước."
        )
    },
    month_first: |row| {
        format!("{row}: có ngày ghi tháng trước, nên các ngày khác của cột có thể bị đọc sai. Xem --dates mdy.")
    },
    repeats: |row| format!("{row}: lặp lại y nguyên dòng trên của cùng hồ sơ; tính một lần."),
    same_value: |row| format!("{row}: nhắc lại trị giá tang vật của cùng hồ sơ; tính một lần."),
    hidden: |file, sheet| format!("{file}: trang \"{sheet}\" bị ẩn, không đọc. Muốn đọc, thêm --sheet \"{sheet}\"."),
    conflict_apart: |case, how| {
        format!(
            "số hồ sơ {case} đã có ở dòng khác của lần nhập này, với nội dung khác: {how}. Các dòng của một vụ phải liền nhau: sắp xếp theo số hồ sơ."
        )
    },
    refused_csv: |path| format!("{path}: các dòng không nhận được ghi ra CSV; tên tệp phải có đuôi .csv."),
    refused_there: |path| format!("{path} đã có, có thể đang được sửa. Chọn tên khác cho --refused."),
    decimal_help: "Nếu tệp viết số kiểu 1,234.5, thêm --decimal . ; nếu kiểu 1.234,5, thêm --decimal ,",
    would_undo: |import, cases| format!("Sẽ hủy lần nhập {import}: {cases} vụ."),
    no_imports: "Chưa có lần nhập nào.",
    doubts_of_first: |n| format!("chỉ xem xét điều bất thường ở {n} vụ đầu tiên."),
    year: |year| format!("ngày không ghi năm được tính vào năm {year}"),
    json: |line, said| format!("dòng {line} không phải JSON của vụ việc: {said}."),
    map: |map, why| format!("Tệp ánh xạ {map}: {why}"),
    map_field: |key| format!("không có trường \"{key}\"."),
    map_unit: |unit| format!("không có đơn vị tiền \"{unit}\". Dùng: đồng, nghìn đồng, triệu đồng, tỷ đồng."),
    map_decimal: |mark| format!("\"{mark}\" không phải dấu thập phân; dùng \",\" hoặc \".\"."),
    set_form: |text| format!("\"{text}\" không có dạng TRƯỜNG=GIÁ_TRỊ."),
    separator: |text| format!("\"{text}\" không phải dấu phân cách: dùng một dấu như ; , | hoặc tab."),
    no_files: "Cần ít nhất một tệp để nhập, hoặc --undo SỐ.",
    undo_alone: "--undo không đi cùng tệp.",
    undo_reason: "Hủy một lần nhập cần --reason LÝ_DO.",
    one_for_map: "--suggest-map dùng cho từng tệp một.",
    refused: |refused, rows| format!("{refused} trong {rows} dòng không nhận được; chưa lưu gì."),
    refused_help: "Sửa các dòng này rồi nhập lại, hoặc thêm --partial để lưu các dòng tốt và ghi các dòng lỗi ra tệp.",
    conflicts_help: "Thêm --update để sửa các vụ đã có theo tệp, hoặc --partial để lưu các dòng khác.",
    more: |more| format!("… và {more} mục nữa."),
    conflict: |case, how| format!("khác với vụ đã có {case}: {how}"),
    conflict_void: |case| format!("trùng với vụ {case} đã bị hủy"),
    refused_file: |rows, file| format!("{rows} dòng không nhận được, kèm lý do, ở {file}: sửa rồi nhập lại tệp này."),
    progress: "Đang nhập",
    title: |import| format!("Lần nhập {import}"),
    title_dry: "Chạy thử: chưa lưu gì",
    title_nothing: "Không có gì mới; chưa lưu gì",
    rows: "Dòng",
    rows_read: "Đã đọc",
    stored: "Đã lưu",
    would_store: "Sẽ lưu",
    updated: "Sửa vụ đã có",
    already_there: "Đã có sẵn",
    not_taken: "Không nhận",
    cases: "Vụ mới",
    sum_of_fines: "Tổng tiền phạt của vụ mới",
    sum_of_seized: "Tổng trị giá tang vật của vụ mới",
    unknown_seized: |n| format!("{n} vụ mới chưa rõ trị giá tang vật."),
    table: |file, sheet| match sheet {
        Some(sheet) => format!("{file}, trang \"{sheet}\""),
        None => file.to_owned(),
    },
    header_rows: |rows| format!("tiêu đề ở dòng {rows}"),
    text_form: |encoding, separator| format!("{encoding}, phân cách bằng {separator}"),
    column: "Cột",
    header: "Tiêu đề",
    field: "Trường",
    unit: "Đơn vị",
    sample: "Ví dụ",
    not_known: "(không rõ, không lấy)",
    left_out: "(không lấy)",
    in_every_row: "mọi dòng",
    first_cases: "Các vụ đầu tiên, như đã đọc",
    no_table: |file, sheet| {
        if sheet.is_empty() {
            format!("{file}: không thấy dòng tiêu đề, không đọc.")
        } else {
            format!("{file}: trang \"{sheet}\" không có dòng tiêu đề, không đọc.")
        }
    },
    passed: |row, text| format!("{row}: không phải vụ việc, bỏ qua: {text}"),
    passed_total: |row, text| format!("{row}: dòng cộng, không tính là vụ: {text}"),
    total_differs: |row, field, said, added| {
        format!("{row}, {field}: bảng ghi tổng {said}, cộng các dòng được {added}. Hãy kiểm tra.")
    },
    understood: |words, code| format!("Hành vi \"{words}\" được hiểu là {code}; nguyên văn giữ ở ghi chú."),
    not_understood: |words| format!("Hành vi \"{words}\" không có trong danh mục; để trống, nguyên văn giữ ở ghi chú."),
    columns_not_taken: |table, columns| format!("{table}: không rõ các cột này, không lấy: {columns}"),
    many_agencies: |n| format!("{n} đơn vị mới."),
    undone: |import, cases| format!("Đã hủy lần nhập {import}: {cases} vụ."),
    stays_updated: |n| format!("{n} dòng đã sửa vụ có sẵn; những sửa đổi đó vẫn giữ."),
    imports_title: "Các lần nhập",
    import: "Lần",
    files: "Tệp",
    undone_label: "Đã hủy",
    undone_on: |day, reason| format!("{day}: {reason}"),
    exported: |n| format!("Đã xuất {n} vụ."),
    totals_row: "Tổng cộng",
    sheet: "Vụ việc",
    province_code: "Mã tỉnh",
    recorded_at: "Ghi vào lúc (UTC)",
    bound_of: |field| format!("{field} (mức)"),
    map_intro: "# Ánh xạ cột cho casebook import --map. Sửa rồi dùng lại cho các tệp cùng mẫu.",
    map_columns: "# Tiêu đề = trường. Để trống \"\" là không lấy; \"@F\" là cột F, khi không có tiêu đề.",
    map_example: "ví dụ",
};
