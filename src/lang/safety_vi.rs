//! Seals, backups and attachments in Vietnamese.

use super::safety::Safety;

pub(super) const SAFETY: Safety = Safety {
    work_database: "Kiểm tra tệp sổ",
    work_journal: "Kiểm tra nhật ký",
    work_cases: "Kiểm tra các vụ",
    work_totals: "Kiểm tra tổng và chỉ mục",
    work_words: "Gom các từ",
    work_index: "Lập chỉ mục tìm kiếm",
    work_attachments: "Tệp đính kèm",
    work_copy: "Đang sao chép",
    unsound: |finding| format!("Nội dung không khớp nhau nên không dùng được. Chỗ sai đầu tiên: {finding}"),
    finding_other: |at| format!("đây không phải sổ đã niêm phong lúc {} UTC", at.format("%d/%m/%Y %H:%M")),
    finding_rewritten: |chain, number| format!("nhật ký {chain}, mục {number}: không phải mục đã niêm phong"),
    finding_cut: |chain, found, sealed| format!("nhật ký {chain}: có {found} mục, lúc niêm phong có {sealed}"),
    finding_missing: |case, name| format!("tệp đính kèm \"{name}\" của vụ {case}: đã mất"),
    finding_changed: |case, name| format!("tệp đính kèm \"{name}\" của vụ {case}: không còn như khi đính kèm"),
    file_failed: |path, said| format!("{path}: {said}"),
    no_folder: "Tệp đính kèm nằm trong thư mục cạnh tệp sổ: chỉ sổ dạng tệp mới đính kèm được.",
    not_in_a_file: |address| {
        format!(
            "{address} không phải tệp. Sổ trong PostgreSQL được sao lưu bằng pg_dump, khôi phục bằng pg_restore hoặc psql."
        )
    },
    nothing: |path| format!("{path} trống hoặc không phải tệp thường; chưa đính kèm gì."),
    too_large: |path, bytes, most| {
        format!("{path} quá lớn: {} MB; tối đa {} MB. Chưa đính kèm gì.", bytes.div_ceil(1_000_000), most / 1_000_000)
    },
    no_backup: |path| format!("Không có tệp {path} để khôi phục."),
    many_attachments: |wanted, there| format!("\"{wanted}\" có thể là nhiều tệp; nêu phần đầu mã SHA-256: {there}"),
    no_attachment: |wanted, there| match there {
        "" => format!("Vụ này không có tệp đính kèm \"{wanted}\"; chưa có tệp nào."),
        there => format!("Vụ này không có tệp đính kèm \"{wanted}\". Có: {there}"),
    },
    changed: |name, path| format!("Tệp đính kèm \"{name}\" đã mất hoặc không còn như khi đính kèm: {path}"),
    no_file: |path| format!("{path} là thư mục hoặc thiết bị; hãy nêu một tệp."),
    there: |path| format!("Đã có tệp {path}. Muốn thay, thêm --force."),
    would_replace: |path| format!("Đã có sổ tại {path}. Muốn thay, thêm --force; sổ cũ được giữ dưới tên khác."),
    own: |path| format!("{path} là của chính sổ này. Chọn tên khác hoặc thư mục khác."),
    in_use: |path| format!("{path} đang có người dùng. Chưa thay đổi gì; thử lại khi họ xong."),
    not_a_seal: |path, said| {
        format!("{path} không phải bản niêm phong dạng JSON do casebook seal -o seal.json viết ra: {said}")
    },
    slip_in_seal: |path| format!("{path} không còn như khi viết ra: mã kiểm không khớp với nội dung."),
    no_search_index: "Chưa có chỉ mục tìm kiếm vì một lần nhập đã bỏ qua. Chạy casebook rebuild --search-index để lập.",
    indexed: "Đã lập chỉ mục tìm kiếm.",
    since_seal: |at, n| format!("Từ bản niêm phong {at} UTC, nhật ký chỉ được thêm vào: {n} mục."),
    attachments: |n| format!("Tệp đính kèm, tất cả vẫn như khi đính kèm: {n}."),
    unused: |n, first| format!("Tệp không vụ nào dùng: {n}, ví dụ {first}."),
    seal_title: "Bản niêm phong",
    casebook: "Sổ",
    sealed_at: "Niêm phong lúc (UTC)",
    by: "Người lập",
    currency: "Đồng tiền",
    cases: "Số vụ ghi",
    entries: "Số mục nhật ký",
    digest: "Mã kiểm tra",
    chain: "Nhật ký",
    own_chain: "(của sổ)",
    length: "Số mục",
    head: "Mã băm của mục cuối",
    seal_note: "Cất bản này ở nơi khác với sổ. Với bản JSON (casebook seal -o seal.json), lệnh casebook verify --against seal.json chứng tỏ từ đó nhật ký chỉ được thêm vào.",
    backed_up: |file| format!("Đã sao lưu ra {file} và kiểm tra bản sao."),
    restored: |from, casebook| format!("Đã khôi phục {casebook} từ {from}."),
    kept: |path| format!("Sổ cũ được giữ ở {path}."),
    lacking: "Bản sao vẫn được giữ, nhưng thiếu tệp đính kèm đã mất hoặc đã đổi.",
    attached: |file, case| format!("Đã đính kèm {file} vào {case}."),
    attached_already: |file, case| format!("{case} đã có {file}; không lưu hai lần."),
    taken_out: |file| format!("Đã ghi ra {file}, đúng như khi đính kèm."),
    to_terminal: "Tệp đính kèm sẽ bị in ra màn hình. Nêu tệp để ghi: -o TỆP.",
    attachment: "Tệp đính kèm",
    file: "Tệp",
    size: "Số byte",
    added_on: "Ngày thêm",
    shows: "Nội dung",
};
