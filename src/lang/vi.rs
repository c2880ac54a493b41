//! Vietnamese.

use chrono::{Datelike, NaiveDate};

use super::{Errors, Labels, Lang, Notes, Said, Words};
use crate::domain::{
    By, EventKind, Field, FieldError, FieldWarning, Measure, NoMatch, OffenderKind, Passed, Reason, Refusal, Status,
};
use crate::text::{DateError, Marks, ReadError, Warning, write_digits};

pub(super) static WORDS: Words = Words {
    lang: Lang::Vi,
    marks: Marks::VIETNAMESE,
    date,
    month: |month| format!("{:02}/{}", month.number(), month.year()),
    quarter: |first| format!("Quý {}/{}", first.number().div_ceil(3), first.year()),
    long_month: |month| format!("tháng {}/{}", month.number(), month.year()),
    measure,
    short_measure,
    by,
    field,
    status,
    event,
    offender_kind,
    action,
    field_error,
    date_error,
    field_warning,
    refusal,
    labels: LABELS,
    notes: NOTES,
    said: SAID,
    errors: ERRORS,
    asking: super::asking_vi::ASKING,
    importing: super::importing_vi::IMPORTING,
    publishing: super::publishing_vi::PUBLISHING,
    ledger: super::ledger_vi::LEDGER,
    safety: super::safety_vi::SAFETY,
    deadlines: super::deadlines_vi::DEADLINES,
    completing: super::completing_vi::COMPLETING,
    reporting: super::reporting_vi::REPORTING,
    charts: super::reporting_vi::CHARTS,
};

const LABELS: Labels = Labels {
    total: "Tổng cộng",
    totals_title: "Tổng hợp",
    average: "Bình quân",
    share: "Tỷ lệ %",
    rest: |n| format!("{n} mục khác"),
    unknown: "(chưa rõ)",
    until: |day| format!("(đến {})", date(day)),
    case: "Vụ việc",
    period: |from, to| format!("từ {} đến {}", date(from), date(to)),
    by_title: |what, by| format!("{what} theo {by}"),
    and: "và",
    month_title: |month| format!("Tổng hợp {month}"),
    whole_country: "cả nước",
    headline: "Số liệu chính",
    this_month: "Trong tháng",
    previous_month: "Tháng trước",
    change: "Tăng/giảm %",
    same_month_last_year: "Cùng kỳ năm trước",
    year_to_date: "Lũy kế năm",
    year_to_date_last_year: "Lũy kế năm trước",
    largest_cases: "Các vụ phạt lớn nhất",
    history: "Lịch sử",
    goods: "Hàng hóa",
    payments: "Nộp tiền",
    disposals: "Xử lý tang vật",
    figure: "Chỉ tiêu",
    item: "Mục",
    detail: "Nội dung",
    case_of: |day, agency| format!("vụ ngày {} của {agency}", date(day)),
    date: "Ngày",
    amount: "Số tiền",
    how: "Hình thức",
    code: "Mã",
    code_of_line: "STT",
    name: "Tên",
    group: "Nhóm",
    decree: "Nghị định",
    units: "Đơn vị tính",
    kind: "Cấp",
    province_kind: |kind| if kind == "city" { "thành phố" } else { "tỉnh" },
    former: "Gồm",
    cases: "Số vụ",
    when: "Thời điểm (UTC)",
    who: "Người làm",
    action: "Việc",
    what_changed: "Thay đổi",
    reason: "Lý do",
    status: "Trạng thái",
    cases_title: "Danh sách vụ việc",
    draft_title: |item| format!("Tin {item}"),
    read_from: "Đọc từ",
    check: "Xem lại",
    search_title: |words| format!("Các vụ có: {words}"),
    found: "Tìm thấy ở",
    agencies_title: "Đơn vị",
    violations_title: "Hành vi vi phạm",
    categories_title: "Nhóm hàng",
    regions_title: |day| format!("Vùng và tỉnh, thành phố tại ngày {}", date(day)),
};

const NOTES: Notes = Notes {
    unit: |unit| format!("Đơn vị tính: {unit}"),
    currency_units: |code| {
        if code == "VND" {
            ["đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"].map(str::to_owned)
        } else {
            ["", "nghìn ", "triệu ", "tỷ "].map(|scale| format!("{scale}{code}"))
        }
    },
    unknown_seized: |unknown, all| format!("Chưa rõ giá trị tang vật: {unknown} trong {all} vụ."),
    unknown_fine: |unknown, all| format!("Chưa rõ tiền phạt: {unknown} trong {all} quyết định."),
    unknown: |measure, n| format!("{measure}, chưa rõ giá trị: {n}."),
    bounds: |signs| {
        let told = signs.iter().map(|sign| match *sign {
            "≥" => "≥ ít nhất",
            "≤" => "≤ nhiều nhất",
            _ => "≈ gần đúng hoặc đã làm tròn",
        });
        format!("{}.", told.collect::<Vec<_>>().join("; "))
    },
    nothing: "Không có vụ việc nào trong phạm vi này.",
    shown: |shown, all| format!("Đang hiện {shown} trong {all} bản ghi; dùng --limit và --offset để xem phần khác."),
    matching: |all| format!("{all} bản ghi."),
    filtered: |filter| format!("Chỉ tính các vụ có: {filter}."),
    cutoff: |day| format!("Tháng tính đến hết ngày {day}."),
    dated_by_detected: "Mọi số liệu tính vào tháng phát hiện.",
    recorded_boundaries: "Theo địa giới lúc ghi nhận.",
    part: |part, of| format!("phần {part}/{of}"),
    void: |reason| format!("Đã hủy: {reason}"),
};

const SAID: Said = Said {
    made: |address, currency| format!("Đã tạo sổ vụ việc {address}, đồng tiền {currency}."),
    recorded: |case| format!("Đã ghi {case}."),
    already_there: |case| format!("Đã có sẵn {case}; không ghi thêm."),
    changed: |action, case| match action {
        "decide" => format!("Đã ghi quyết định của {case}."),
        "pay" => format!("Đã ghi việc nộp tiền của {case}."),
        "dispose" => format!("Đã ghi việc xử lý tang vật của {case}."),
        "transfer" => format!("Đã ghi việc chuyển hồ sơ {case}."),
        "close" => format!("Đã kết thúc {case}."),
        "void" => format!("Đã hủy {case}."),
        _ => format!("Đã sửa {case}."),
    },
    dry_run: "Chạy thử: chưa lưu gì.",
    new_agency: |name| format!("Đơn vị mới: {name}."),
    similar_agencies: |names| format!("Tên gần giống đơn vị đã có: {names}. Nếu là một, hãy sửa bằng amend."),
    verified: |cases, entries, chains, with_index| {
        let index = if with_index { " và chỉ mục tìm kiếm" } else { "" };
        format!("Khớp: {cases} bản ghi, {entries} mục nhật ký trong {chains} chuỗi, các tổng{index} đúng.")
    },
    rebuilt: |rows| format!("Đã tính lại {rows} dòng tổng và tạo lại chỉ mục tìm kiếm."),
    warning: "lưu ý",
    passed: |item, begins, why| {
        let why = match why {
            Passed::Plan => "kế hoạch, đợt cao điểm",
            Passed::Meeting => "hội nghị, tập huấn, ký kết",
            Passed::Appointment => "bổ nhiệm, khen thưởng",
            Passed::Guidance => "hướng dẫn, giải đáp",
            Passed::NothingFound => "không có gì bị phát hiện, tạm giữ hay xử phạt",
        };
        format!("Tin {item} không phải vụ việc ({why}): {begins}")
    },
    drafts: |drafts, passed| format!("Đọc được {drafts} bản nháp, bỏ qua {passed} tin."),
    to_check: "? cần người xem lại: giả định, suy ra, hoặc chưa rõ.",
    check_fields: |item, fields| format!("tin {item}: hãy xem lại {fields}."),
    not_checked: |fields| format!("đọc từ bản tin, chưa ai xem lại: {fields}"),
    record_draft: |item| format!("Ghi tin {item}?"),
    draft_record: "Ghi",
    draft_skip: "Bỏ qua",
    draft_stop: "Dừng ở đây",
    drafts_recorded: |recorded, there| match there {
        0 => format!("Đã ghi {recorded} vụ từ bản nháp."),
        _ => format!("Đã ghi {recorded} vụ từ bản nháp; {there} vụ đã có trong sổ."),
    },
    demo: |cases| format!("Sổ mẫu trong bộ nhớ: {cases} bản ghi, gồm năm tin có thật; còn lại bịa ra."),
};

const ERRORS: Errors = Errors {
    error: "lỗi",
    missing: |address| format!("Chưa có sổ vụ việc tại {address}."),
    how_to_make: |address| format!("Tạo bằng: casebook --db {address} init"),
    not_a_casebook: |address| format!("{address} không phải là sổ vụ việc của Casebook; tệp được giữ nguyên."),
    exists: |address| format!("Đã có sổ vụ việc tại {address}; không tạo đè."),
    newer: |found, known| {
        format!(
            "Sổ vụ việc có phiên bản {found}, chương trình này chỉ biết đến phiên bản {known}. Hãy cập nhật chương trình."
        )
    },
    older: |found, known| {
        format!(
            "Sổ vụ việc có phiên bản {found}, phải nâng lên phiên bản {known} mới đọc được, nhưng không ghi được vào sổ. Hãy mở sổ một lần ở nơi ghi được."
        )
    },
    cannot_open: |path, reason| format!("Không mở được {path}: {reason}. Kiểm tra thư mục có tồn tại và cho phép ghi."),
    read_only: |said| format!("Không được phép ghi vào sổ: {said}. Chưa lưu gì."),
    full: |said| format!("Ổ đĩa đã đầy: {said}. Chưa lưu gì."),
    busy: |said| format!("Sổ đang bận vì người khác đang ghi: {said}. Hãy thử lại."),
    corrupt: |said| format!("Sổ vụ việc bị hỏng: {said}"),
    engine: |said| format!("Cơ sở dữ liệu báo lỗi: {said}"),
    overflow: "Tổng quá lớn để giữ chính xác từng đồng; chưa lưu gì.",
    no_case: |wanted| format!("Không có vụ việc nào là \"{wanted}\"."),
    many_cases: |wanted, candidates| format!("\"{wanted}\" có thể là nhiều vụ: {candidates}"),
    duplicate: |case_no, id| format!("Đơn vị này đã có vụ số \"{case_no}\": {id}. Chưa lưu gì."),
    other_content: |id| format!("Mã {id} đã thuộc về một vụ có nội dung khác. Chưa lưu gì."),
    invalid: |n| format!("{n} trường chưa hợp lệ; chưa lưu gì."),
    invalid_filter: |n| format!("{n} điều kiện lọc chưa hợp lệ."),
    cannot_write: |path, reason| format!("Không ghi được {path}: {reason}"),
    standard_output: "đầu ra chuẩn",
    bad_period: |flag, value| {
        let form = match flag {
            "quarter" => "2026-Q1",
            "year" => "2026, this (năm nay) hoặc last (năm trước)",
            _ => "2026-02, this (tháng này) hoặc last (tháng trước)",
        };
        format!("--{flag} \"{value}\": viết như {form}.")
    },
    province_moved: |province| format!("Theo ngày phát hiện mới, tỉnh được hiểu là {province}."),
    cannot_read: |path, reason| format!("Không đọc được {path}: {reason}"),
    bad_reference: |said| format!("Dữ liệu danh mục sai: {said}"),
    bad_config: |path, said| format!("Tệp cấu hình {path} sai: {said}"),
    bad_filter: |flag, value, said| format!("--{flag} \"{value}\": {said}"),
    unsupported_format: |format, allowed| format!("Định dạng \"{format}\" không dùng được ở đây. Được dùng: {allowed}"),
    needs_a_file: |format| format!("{format} không hiển thị được trên màn hình; ghi ra tệp bằng -o TỆP."),
    read_needs_yes: "Bản nháp được ghi sau khi xác nhận trên màn hình; thêm --yes để ghi không cần hỏi.",
    not_utf8: |path| format!("{path} không phải văn bản UTF-8. Hãy lưu lại dạng UTF-8 rồi đọc."),
    note_too_long: |path, most| format!("{path} quá dài đối với một bản tin; chỉ đọc tối đa {most} byte."),
    drafts_refused: |n, recorded| {
        format!(
            "{n} trường chưa hợp lệ như đã nêu ở trên; bản nháp có các trường này chưa được ghi. Đã ghi: {recorded}."
        )
    },
    draft_invalid: |item, said| format!("tin {item}: {said}"),
    average_without_periods: "--average cần month, quarter hoặc year trong --by.",
    unknown_field: |field, near| {
        let near = if near.is_empty() { String::new() } else { format!(" Có phải {near}?") };
        format!("Không có trường \"{field}\".{near}")
    },
    amend_form: |found| format!("\"{found}\" không có dạng TRƯỜNG=GIÁ TRỊ."),
    two_periods: "Chỉ dùng một trong các tùy chọn --month, --quarter, --year, hoặc --from và --to.",
    period_range: "Khoảng thời gian phải nằm trong các năm 1900 đến 2200.",
    empty_period: "Khoảng thời gian rỗng: --from sau --to.",
    no_words: |typed| format!("Trong \"{typed}\" không có chữ hay số nào để tìm."),
    verification: |finding| format!("Sổ không khớp. Chỗ đầu tiên: {finding}"),
    finding_engine: |said| format!("cơ sở dữ liệu: {said}"),
    finding_hash: |chain, number| format!("nhật ký {chain}, mục {number}: mã băm không khớp"),
    finding_length: |chain, found, noted| format!("nhật ký {chain}: có {found} mục, đã ghi nhận {noted}"),
    finding_case: |id| format!("vụ {id}: không khớp với nhật ký"),
    finding_reference: "đồng tiền hoặc danh mục không khớp với nhật ký",
    finding_agency: |name| format!("đơn vị \"{name}\": không khớp với nhật ký"),
    finding_import: |import| format!("lần nhập {import}: các vụ không còn như khi nhập"),
    finding_cases: |journalled, stored| format!("nhật ký có {journalled} vụ, sổ có {stored}"),
    finding_index: |place| {
        format!("chỉ mục tìm kiếm ({place}) không đúng với các từ của vụ việc; chạy rebuild để tạo lại")
    },
    finding_total: |key| format!("tổng lưu sẵn ({key}) không bằng tổng các vụ; chạy rebuild để tính lại"),
    chain_of_casebook: "chung",
    allowed: |allowed| format!("Được dùng: {allowed}"),
    bad_currency: |code| format!("\"{code}\" không phải mã tiền tệ dùng được (ví dụ VND, USD)."),
    more_help: "Xem thêm: casebook --help",
    usage_unknown: |arg| format!("không có '{arg}'"),
    usage_did_you_mean: |near| format!("có phải '{near}'?"),
    usage_missing: |args| format!("thiếu: {args}"),
    usage_invalid: |arg, value| format!("giá trị '{value}' của {arg} không hợp lệ"),
    usage_other: |said| match said {
        "" => "lệnh chưa đúng".to_owned(),
        said => format!("lệnh chưa đúng: {said}"),
    },
    usage_conflict: |arg, prior| match prior {
        prior if prior.is_empty() || prior == arg => format!("{arg} được ghi hai lần"),
        prior => format!("{arg} không dùng cùng với {prior}"),
    },
    usage_no_command: "thiếu lệnh",
};

pub(super) fn date(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Cases => "Số vụ",
        Measure::SeizedValue => "Trị giá tang vật",
        Measure::Decisions => "Số vụ đã xử phạt",
        Measure::FineAmount => "Tiền phạt",
        Measure::IllegalProfit => "Thu lợi bất hợp pháp",
        Measure::PaidAmount => "Đã nộp",
        Measure::DestroyedValue => "Tang vật tiêu hủy",
        Measure::SoldValue => "Tang vật đã bán",
        Measure::ReturnedValue => "Tang vật trả lại",
        Measure::HandedOverValue => "Tang vật bàn giao",
        Measure::Transferred => "Số vụ chuyển hình sự",
        Measure::Persons => "Số đối tượng chuyển hình sự",
        Measure::LateCharge => "Tiền chậm nộp phạt",
    }
}

fn short_measure(short: Measure) -> &'static str {
    match short {
        Measure::SeizedValue => "Tang vật",
        Measure::Decisions => "Đã xử phạt",
        Measure::IllegalProfit => "Thu lợi",
        Measure::Transferred => "Hình sự",
        Measure::Persons => "Đối tượng",
        Measure::LateCharge => "Chậm nộp",
        Measure::DestroyedValue => "Tiêu hủy",
        Measure::SoldValue => "Đã bán",
        Measure::ReturnedValue => "Trả lại",
        Measure::HandedOverValue => "Bàn giao",
        other => measure(other),
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Region => "vùng",
        By::Province => "tỉnh",
        By::Agency => "đơn vị",
        By::Force => "lực lượng",
        By::Month => "tháng",
        By::Quarter => "quý",
        By::Year => "năm",
        By::Violation => "hành vi",
        By::Group => "nhóm",
        By::Category => "nhóm hàng",
        By::Status => "trạng thái",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Id => "Mã vụ việc",
        Field::CaseNo => "Số hồ sơ",
        Field::Province => "Tỉnh, thành phố",
        Field::Commune => "Xã, phường",
        Field::Agency => "Đơn vị",
        Field::Force => "Lực lượng",
        Field::Partners => "Phối hợp",
        Field::DetectedFrom => "Từ ngày",
        Field::DetectedOn => "Ngày phát hiện",
        Field::Violation => "Hành vi",
        Field::LegalBasis => "Căn cứ",
        Field::Goods => "Hàng hóa",
        Field::Category => "Nhóm hàng",
        Field::Quantity => "Số lượng",
        Field::Unit => "Đơn vị tính",
        Field::GoodsValue => "Trị giá hàng",
        Field::Brand => "Nhãn hiệu",
        Field::Origin => "Xuất xứ",
        Field::SeizedValue => "Trị giá tang vật",
        Field::SeizedBound => "Mức độ chính xác của giá trị tang vật",
        Field::DecisionNo => "Số quyết định",
        Field::DecidedOn => "Ngày quyết định",
        Field::FineAmount => "Tiền phạt",
        Field::FineBound => "Mức độ chính xác của tiền phạt",
        Field::IllegalProfit => "Thu lợi bất hợp pháp",
        Field::Remedies => "Biện pháp khắc phục hậu quả",
        Field::PaidAmount => "Số tiền nộp",
        Field::PaidOn => "Ngày nộp",
        Field::DisposedOn => "Ngày xử lý tang vật",
        Field::DisposedHow => "Hình thức xử lý",
        Field::DisposedQuantity => "Số lượng xử lý",
        Field::DisposedValue => "Trị giá xử lý",
        Field::Lot => "Lô hàng",
        Field::Minutes => "Số BB xử lý tang vật",
        Field::TransferredOn => "Ngày chuyển hồ sơ",
        Field::TransferredTo => "Nơi nhận hồ sơ",
        Field::Persons => "Số đối tượng",
        Field::ClosedOn => "Ngày kết thúc",
        Field::Offender => "Người vi phạm",
        Field::OffenderKind => "Loại đối tượng",
        Field::OffenderId => "Số định danh, mã số thuế",
        Field::OffenderAddress => "Địa chỉ",
        Field::CaseCount => "Số vụ",
        Field::CaseCountBound => "Mức độ chính xác của số vụ",
        Field::Source => "Nguồn",
        Field::Note => "Ghi chú",
        Field::Reason => "Lý do",
        Field::Status => "Trạng thái",
        Field::VoidedOn => "Ngày hủy",
        Field::VoidReason => "Lý do hủy",
        Field::Revision => "Số lần ghi",
        Field::Region => "Vùng",
        Field::Group => "Nhóm",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "đang xử lý",
        Status::Decided => "đã xử phạt",
        Status::PartPaid => "nộp một phần",
        Status::Paid => "đã nộp đủ",
        Status::Transferred => "chuyển hình sự",
        Status::Closed => "kết thúc",
        Status::Void => "đã hủy",
    }
}

fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Detected => "phát hiện",
        EventKind::Decided => "xử phạt",
        EventKind::Profit => "buộc nộp lại lợi bất hợp pháp",
        EventKind::Paid => "nộp tiền",
        EventKind::Destroyed => "tiêu hủy",
        EventKind::Sold => "bán",
        EventKind::Returned => "trả lại",
        EventKind::HandedOver => "bàn giao",
        EventKind::Transferred => "chuyển hồ sơ hình sự",
        EventKind::LateCharge => "tính tiền chậm nộp",
    }
}

fn offender_kind(kind: OffenderKind) -> &'static str {
    match kind {
        OffenderKind::Person => "cá nhân",
        OffenderKind::Household => "hộ kinh doanh",
        OffenderKind::Organisation => "tổ chức",
    }
}

fn action(code: &str) -> &'static str {
    match code {
        "init" => "tạo sổ",
        "agency" => "đơn vị mới",
        "record" => "ghi nhận",
        "amend" => "sửa",
        "decide" => "ghi quyết định",
        "pay" => "ghi nộp tiền",
        "dispose" => "ghi xử lý tang vật",
        "transfer" => "ghi chuyển hồ sơ",
        "close" => "kết thúc",
        "attach" => "đính kèm",
        "void" => "hủy",
        "import" => "nhập từ tệp",
        "undo" => "hủy lần nhập",
        "publish" => "công bố",
        _ => "khác",
    }
}

fn field_error(error: &FieldError) -> String {
    let line = error.line.map(|line| format!(" (dòng {line})")).unwrap_or_default();
    let found = if error.value.is_empty() { String::new() } else { format!(" \"{}\"", error.value) };
    format!("{}{line}{found}: {}", field(error.field), reason(&error.reason))
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing => "bắt buộc phải có.".to_owned(),
        Reason::Amount(error) => amount(error),
        Reason::Fraction { decimals: 0 } => "phải là số nguyên, không có phần lẻ.".to_owned(),
        Reason::Fraction { decimals } => format!("chỉ được {decimals} chữ số lẻ."),
        Reason::TooLarge { most } => format!("quá lớn; nhiều nhất là {}.", write_digits(*most, Marks::VIETNAMESE)),
        Reason::Currency { found, allowed } => format!("ghi bằng {found}, sổ này dùng {allowed}."),
        Reason::Date(error) => date_error(*error).to_owned(),
        Reason::Future { today } => format!("ở tương lai; muộn nhất là hôm nay, {}.", date(*today)),
        Reason::Before { field: other, date: day } => {
            format!("trước {} ({}); phải bằng hoặc sau ngày đó.", field(*other).to_lowercase(), date(*day))
        }
        Reason::After { field: other, date: day } => {
            format!("sau {} ({}); phải bằng hoặc trước ngày đó.", field(*other).to_lowercase(), date(*day))
        }
        Reason::TooEarly { first } => format!("quá xa trong quá khứ; sớm nhất là {}.", date(*first)),
        Reason::Zero => "phải lớn hơn 0.".to_owned(),
        Reason::NoMatch(no_match) => unmatched(no_match),
        Reason::NotOneOf { allowed } => format!("không có trong danh sách. Được dùng: {}.", allowed.join(", ")),
        Reason::WholeNumber { least, most } => {
            format!("phải là số nguyên từ {least} đến {}.", write_digits((*most).into(), Marks::VIETNAMESE))
        }
        Reason::Needs(other) => format!("cần có thêm {} ({other}).", field(*other).to_lowercase()),
        Reason::BoundConflict => "cách ghi số và mức độ chính xác nói khác nhau; chỉ ghi một.".to_owned(),
        Reason::TooLong { most } => format!("quá dài; nhiều nhất {most} ký tự."),
        Reason::NotAnId => "không phải UUID.".to_owned(),
        Reason::NoSuchLine { lines } => format!("không có dòng này; hiện có {lines} dòng."),
        Reason::Twice => "được ghi hai lần.".to_owned(),
        Reason::FormulaError => {
            "công thức bị lỗi hoặc chưa được tính; mở bằng Excel hay LibreOffice, sửa nếu cần rồi lưu lại.".to_owned()
        }
        Reason::MadeADate => "bảng tính đã tự đổi số này thành ngày; định dạng ô là văn bản rồi gõ lại.".to_owned(),
        Reason::NotMended => "chưa được sửa: sửa ô này và bỏ dấu ⚠.".to_owned(),
        Reason::Shared => "một ô gộp cho nhiều vụ; ghi riêng cho từng vụ.".to_owned(),
        Reason::Published { month, again } => (super::publishing_vi::PUBLISHING.needs_reason)(*month, *again),
        Reason::NotAValue => "không phải chữ hay số.".to_owned(),
        Reason::NotHeld(why) => super::ledger_vi::not_held(why),
        Reason::InUse => "đã có xử lý tang vật theo số dòng; không xóa dòng hàng được.".to_owned(),
        Reason::Fixed => "không được sửa.".to_owned(),
    }
}

fn amount(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "để trống.".to_owned(),
        ReadError::NoNumber => "không đọc được số nào. Viết như 450 triệu, 1,2 tỷ, 17.500.000.".to_owned(),
        ReadError::Vague => "không nêu con số. Hãy ghi số, hoặc để trống nếu chưa rõ.".to_owned(),
        ReadError::Compound => "có thể hiểu theo nhiều cách. Ghi rõ từng phần: 1 tỷ 25 triệu, hoặc 1,25 tỷ.".to_owned(),
        ReadError::Range => "khoảng giá trị có đầu thấp không nhỏ hơn đầu cao.".to_owned(),
        ReadError::Negative => "số âm; phải từ 0 trở lên.".to_owned(),
        ReadError::Ambiguous => {
            "không rõ là phần nghìn hay phần lẻ. Viết 25.000 cho hai mươi lăm nghìn, 25,0 cho phần lẻ.".to_owned()
        }
        ReadError::Separators => {
            "dấu chấm, phẩy đặt sai. Dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần lẻ: 1.234.567,5.".to_owned()
        }
        ReadError::TooLarge => "quá nhiều chữ số.".to_owned(),
        ReadError::Unread(rest) => format!("không hiểu phần \"{rest}\". Viết như 450 triệu, hơn 1,2 tỷ đồng, 25tr."),
    }
}

fn date_error(error: DateError) -> &'static str {
    match error {
        DateError::Form => "không phải ngày. Viết như 27/2/2026 hoặc 2026-02-27 (ngày trước tháng).",
        DateError::NoYear => "thiếu năm. Viết như 27/2/2026.",
        DateError::Impossible => "không có ngày này. Ngày đứng trước tháng: 27/2/2026.",
    }
}

fn unmatched(no_match: &NoMatch) -> String {
    match no_match {
        NoMatch::Unknown { near } if near.is_empty() => "không có trong danh mục.".to_owned(),
        NoMatch::Unknown { near } => format!("không có trong danh mục. Có phải: {}?", near.join("; ")),
        NoMatch::NotListed { allowed } => format!("không có trong danh mục. Được dùng: {}.", allowed.join("; ")),
        NoMatch::Ambiguous { candidates } => format!("có thể là nhiều mục: {}.", candidates.join("; ")),
    }
}

fn field_warning(warning: &FieldWarning) -> String {
    let name = field(warning.field);
    match warning.warning {
        Warning::ThreeDecimals => {
            format!("{name} \"{}\": dấu phẩy được hiểu là dấu thập phân, không phải hàng nghìn.", warning.value)
        }
        Warning::DotAsDecimalMark => {
            format!("{name} \"{}\": dấu chấm được hiểu là dấu phẩy thập phân.", warning.value)
        }
        Warning::Spoken => {
            format!("{name} \"{}\": số cuối được hiểu là phần của đơn vị đứng trước, theo cách nói.", warning.value)
        }
        Warning::LowerEnd => {
            format!("{name} \"{}\": là một khoảng giá trị; lấy đầu thấp, ghi là ít nhất.", warning.value)
        }
        Warning::Vague => {
            format!("{name} \"{}\" không nêu con số: để là chưa rõ, lời văn được giữ trong ghi chú.", warning.value)
        }
    }
}

fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Void => "Vụ này đã bị hủy, không đổi được nữa.".to_owned(),
        Refusal::Decided(day) => format!("Vụ này đã có quyết định ngày {}; sửa bằng amend.", date(day)),
        Refusal::Transferred(day) => format!("Vụ này đã chuyển hồ sơ ngày {}; sửa bằng amend.", date(day)),
        Refusal::Closed(day) => format!("Vụ này đã kết thúc ngày {}; sửa bằng amend.", date(day)),
        Refusal::Unchanged => "Không có gì thay đổi.".to_owned(),
    }
}
