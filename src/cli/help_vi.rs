//! The help in Vietnamese, by command and argument.

/// The help of a command (`totals`), of one of its arguments (`totals.by`),
/// or of an argument that several share (`*.province`).
pub(super) fn text(path: &str) -> Option<&'static str> {
    let text = match path {
        "" => "Sổ các vụ việc kiểm tra, xử lý vi phạm thị trường",
        "demo" => "Xem thử tổng hợp và báo cáo tháng với các vụ mẫu, trong bộ nhớ",
        "init" => "Tạo sổ mới",
        "record" => "Ghi một vụ: bằng tùy chọn, hoặc được hỏi từng mục khi chạy không có tùy chọn nào",
        "read" => "Đọc ghi chép, bản tin tiếng Việt thành bản nháp vụ việc",
        "import" => "Nhập các vụ từ bảng tính, CSV, JSON, hoặc hủy một lần nhập",
        "export" => "Xuất các vụ ra CSV, XLSX, JSON hoặc JSON Lines; không kèm tệp đính kèm (xem backup)",
        "imports" => "Liệt kê các lần nhập",
        "show" => "Xem một vụ và lịch sử của nó",
        "list" => "Liệt kê các vụ",
        "search" => "Tìm các vụ theo từ trong mọi trường văn bản",
        "amend" => "Sửa một vụ",
        "decide" => "Ghi quyết định xử phạt của một vụ",
        "pay" => "Ghi việc nộp tiền",
        "dispose" => "Ghi việc xử lý tang vật",
        "transfer" => "Ghi việc chuyển hồ sơ cho cơ quan điều tra",
        "close" => "Kết thúc hồ sơ",
        "void" => "Hủy một vụ: không còn trong tổng nào, vẫn còn trong sổ",
        "goods" => "Liệt kê tang vật còn giữ, ở đâu và từ khi nào",
        "totals" => "Cộng số liệu theo vùng, tháng và các tiêu chí khác",
        "month" => "Tổng hợp một tháng",
        "attach" => "Lưu ảnh, bản quét của một vụ, hoặc lấy ra lại",
        "verify" => "Kiểm tra nhật ký, các vụ, các tổng và tệp đính kèm",
        "seal" => "In điểm cuối các chuỗi nhật ký, để cất giữ nơi khác",
        "backup" => "Sao lưu sổ trong khi người khác vẫn ghi, rồi kiểm tra bản sao",
        "restore" => "Khôi phục sổ từ bản sao lưu, sau khi kiểm tra bản đó",
        "rebuild" => "Tính lại các tổng lưu sẵn, lập lại chỉ mục tìm kiếm",
        "due" => "Liệt kê các thời hạn đã quá hoặc sắp hết, theo đơn vị",
        "doctor" => "Xem tình trạng của sổ, và những gì còn thiếu",
        "regions" => "Liệt kê các vùng và tỉnh, thành phố",
        "agencies" => "Liệt kê các đơn vị",
        "violations" => "Liệt kê các hành vi vi phạm",
        "categories" => "Liệt kê các nhóm hàng",
        "completions" => "Viết phần gợi ý lệnh cho một shell",
        "man" => "Viết trang hướng dẫn man",
        "help" => "Xem hướng dẫn của một lệnh",
        _ => return argument(path),
    };
    Some(text)
}

fn argument(path: &str) -> Option<&'static str> {
    let text = match path {
        "*.db" => "Sổ vụ việc: một tệp, hoặc postgres://…",
        "*.lang" => "Ngôn ngữ: vi hoặc en",
        "*.format" => "Định dạng: table, json, jsonl, csv, md, html, docx, pdf hoặc xlsx; riêng thời hạn có cả ics",
        "*.output" => "Tệp để ghi ra; - là đầu ra chuẩn",
        "*.who" => "Người làm, để ghi vào nhật ký",
        "*.color" => "Khi nào dùng chữ đậm: auto, always hoặc never",
        "*.today" => "Ngày được coi là hôm nay",
        "*.quiet" => "Chỉ in kết quả và lỗi",
        "*.verbose" => "Nói rõ đang làm gì; hai lần thì rõ hơn",
        "*.no_input" => "Không bao giờ hỏi lại",
        "*.help" => "Xem hướng dẫn",
        "*.version" => "Xem phiên bản",
        "*.case" => "Vụ việc: mã, phần đầu của mã, hoặc số hồ sơ",
        "*.dry_run" => "Cho xem sẽ lưu gì, không lưu",
        "*.reason" => "Lý do",
        "*.money_unit" => "Đơn vị tiền trong bảng: auto (tự chọn cho vừa), one, thousand, million hoặc billion",
        "*.dated_by" => "Số liệu tính vào ngày nào: happened (lúc xảy ra) hay detected (lúc phát hiện)",
        "*.cutoff" => "Ngày chốt tháng",
        "*.boundaries" => "Tính theo địa giới nào: today (hiện nay) hay recorded (lúc ghi nhận)",
        "*.import" => "Chỉ các vụ của lần nhập này",
        "import.files" => {
            "Các tệp: CSV, TSV, XLSX, XLS, ODS, JSON hoặc JSON Lines; - là đầu vào chuẩn, dạng của nó nêu bằng --format"
        }
        "import.dry_run" => "Cho xem sẽ lưu gì và các cột được đọc thế nào, không lưu",
        "import.map" => "Tệp ánh xạ: các cột chứa gì, khi tiêu đề không nói rõ",
        "import.suggest_map" => "Viết một tệp ánh xạ đầu tiên cho một tệp, để sửa tiếp",
        "import.sheet" => "Trang tính cần đọc; không nêu thì đọc mọi trang có dòng tiêu đề",
        "import.set" => "Trường giống nhau ở mọi dòng không ghi nó",
        "import.dates" => "Thứ tự các số trong ngày: dmy (ngày trước, như ở Việt Nam) hoặc mdy",
        "import.decimal" => "Dấu thập phân của các số viết dạng chữ: , hoặc .",
        "import.partial" => "Lưu các dòng tốt, ghi các dòng khác kèm lý do ra tệp",
        "import.refused" => "Tệp cho các dòng không nhận được",
        "import.update" => "Sửa các vụ đã có theo các dòng này",
        "import.no_search_index" => {
            "Không lập chỉ mục tìm kiếm, việc rất lâu khi nhập nhiều; chưa tìm được đến khi chạy rebuild --search-index"
        }
        "import.encoding" => "Bảng mã của văn bản, khi không tự nhận ra: utf-8, utf-16le, windows-1258",
        "import.separator" => "Dấu phân cách các cột, khi không tự nhận ra",
        "import.undo" => "Hủy các vụ của một lần nhập",
        "import.force" => "Hủy cả các vụ đã sửa sau khi nhập",
        "export.public" => "Bỏ thông tin cá nhân của người vi phạm và các văn bản có thể chứa nó",
        "export.with_void" => "Cả các vụ đã hủy",
        "export.excel" => "CSV có dấu để Excel nhận đúng bảng mã",
        "read.file" => "Tệp để đọc; - là đầu vào chuẩn",
        "read.reported" => {
            "Ngày viết bản tin: cho biết năm của các ngày không ghi năm, và thay cho ngày không được nêu"
        }
        "read.province" => "Tỉnh của các tin không nêu tỉnh",
        "read.agency" => "Đơn vị của các tin không nêu đơn vị",
        "read.record" => "Ghi các bản nháp, hỏi lại từng bản",
        "read.yes" => "Ghi không cần hỏi",
        "init.currency" => "Đồng tiền, theo mã ISO 4217",
        "init.regions" => "Thư mục chứa vùng, tỉnh của một nước khác",
        "list.sort" => {
            "Thứ tự: detected_on, decided_on, fine_amount hoặc seized_value, mới và lớn trước; có - ở đầu thì ngược lại"
        }
        "*.limit" => "Hiện nhiều nhất bao nhiêu; 0 là hết",
        "*.offset" => "Bỏ qua bao nhiêu vụ đầu",
        "search.words" => {
            "Các từ hoặc phần đầu của từ, thứ tự nào cũng được, có dấu hay không; '\"trong ngoặc kép\"' là nguyên cụm"
        }
        "search.best" => "Vụ khớp nhất trước, không phải vụ mới nhất",
        "amend.fields" => "Trường và giá trị mới; goods.2=… là dòng hàng thứ hai, giá trị rỗng là xóa",
        "goods.on" => "Còn giữ gì đến hết ngày này",
        "goods.all" => "Cả các lô đã xử lý hết, kèm đủ số đã nhập, đã xử lý, còn giữ",
        "goods.by" => {
            "Cộng theo đơn vị tính và: region, province, agency, force, violation, group, category, status, month, quarter, year; hoặc how để cộng các lần xử lý"
        }
        "goods.sort" => "Thứ tự: since (giữ lâu nhất trước) hoặc -since (giữ lâu nhất sau)",
        "totals.by" => {
            "Cộng theo: region, province, agency, force, month, quarter, year, violation, group, category, status"
        }
        "totals.measure" => "Chỉ tiêu cần xem: cases, seized_value, decisions, fine_amount, paid_amount, late_charge…",
        "totals.sort" => "Xếp theo một chỉ tiêu, lớn trước; có - ở đầu thì nhỏ trước",
        "totals.top" => "Chỉ hiện các mục lớn nhất, phần còn lại gộp một dòng",
        "totals.no_empty" => "Bỏ những kỳ không có gì",
        "totals.tree" => "Xếp các tỉnh dưới vùng",
        "totals.average" => "Thêm bình quân các kỳ",
        "totals.percent" => "Thêm tỷ lệ trên tổng",
        "totals.transpose" => "Đổi chỗ dòng và cột",
        "*.verified" => "Bỏ qua các quy định và ngày nghỉ chưa được kiểm chứng",
        "due.within" => "Các thời hạn hết trong bấy nhiêu ngày tới, ngoài các thời hạn đã quá",
        "due.kind" => {
            "Chỉ các thời hạn này: decision (ra quyết định), seizure (tạm giữ), payment (nộp phạt), lapse (thi hành), statute (thời hiệu)"
        }
        "due.limit" => "Hiện nhiều nhất bao nhiêu, sớm nhất trước; 0 là hết",
        "*.stale" => "Tang vật chưa có trị giá, hoặc vụ ghi vào sổ, sau bao nhiêu ngày thì coi là chậm",
        "*.as_known" => "Số liệu theo những gì đã biết đến hết một ngày",
        "regions.on" => "Ngày cần xem",
        "completions.shell" => "Tên shell",
        _ => return month_and_safety(path).or_else(|| filter(path)),
    };
    Some(text)
}

fn month_and_safety(path: &str) -> Option<&'static str> {
    let text = match path {
        "month.of" => "Tháng: 2026-02, this (tháng này) hoặc last (tháng trước)",
        "month.publish" => "Công bố số liệu tháng: lưu vào nhật ký",
        "month.restated" => "So số liệu đã công bố với hiện nay, và các vụ làm thay đổi",
        "month.reason" => "Lý do công bố lại",
        "month.cases" => "Thêm mọi vụ trong tháng, không có dữ liệu cá nhân; chỉ với XLSX",
        "month.largest" => "Hiện bao nhiêu vụ phạt lớn nhất",
        "*.chart" => "Thêm biểu đồ nhỏ cạnh số liệu",
        "attach.files" => "Các ảnh, bản quét",
        "attach.note" => "Ảnh chụp gì",
        "attach.get" => "Lấy tệp này ra: tên tệp, hoặc phần đầu mã SHA-256",
        "verify.files" => "Các văn bản lập bằng month hoặc totals: chỉ so số liệu của chúng, không kiểm tra cả sổ",
        "verify.against" => "Một bản niêm phong dạng JSON: từ đó đến nay nhật ký chỉ được thêm vào",
        "rebuild.search_index" => "Chỉ lập chỉ mục tìm kiếm",
        "backup.file" => "Tệp để sao ra; tệp đính kèm vào một thư mục bên cạnh",
        "backup.force" => "Thay tệp đã có",
        "restore.file" => "Bản sao lưu",
        "restore.force" => "Thay sổ đã có; sổ cũ được giữ dưới tên khác",
        _ => return None,
    };
    Some(text)
}

fn filter(path: &str) -> Option<&'static str> {
    let text = match path {
        "*.from" => "Từ ngày, tháng hoặc năm này",
        "*.to" => "Đến hết ngày, tháng hoặc năm này",
        "*.month" => "Một tháng: 2026-02, this hoặc last",
        "*.quarter" => "Một quý: 2026-Q1",
        "*.year" => "Một năm: 2026, this hoặc last",
        "*.region" => "Chỉ các vùng này",
        "*.province" => "Chỉ các tỉnh, thành phố này",
        "*.agency" => "Chỉ các đơn vị này",
        "*.force" => "Chỉ các lực lượng này",
        "*.violation" => "Chỉ các hành vi này",
        "*.group" => "Chỉ các nhóm này: A, B, C",
        "*.category" => "Chỉ các nhóm hàng này, xét dòng hàng đầu của vụ",
        "*.status" => "Chỉ các trạng thái: open, decided, part_paid, paid, transferred, closed, void",
        "*.goods" => "Chỉ hàng hóa có các từ này, theo thứ tự này",
        "*.offender" => "Chỉ người vi phạm có các từ này",
        "*.min_fine" => "Tiền phạt từ mức này",
        "*.max_fine" => "Tiền phạt đến mức này",
        "*.min_seized" => "Trị giá tang vật từ mức này",
        "*.max_seized" => "Trị giá tang vật đến mức này",
        _ => return None,
    };
    Some(text)
}
