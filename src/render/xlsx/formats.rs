//! How cells are set.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::domain::Bound;
use crate::render::grid::{Cell, RowKind};

/// How many decimals money has, and the formats that do not depend on a cell.
pub(super) struct Formats {
    decimals: u32,
    pub(super) title: Format,
    pub(super) header: Format,
    pub(super) header_right: Format,
    pub(super) count: Format,
    pub(super) wrapped: Format,
}

impl Formats {
    pub(super) fn new(decimals: u32) -> Self {
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Medium);
        Self {
            decimals,
            title: Format::new().set_bold().set_font_size(13),
            header_right: header.clone().set_align(FormatAlign::Right),
            header,
            count: Format::new().set_num_format("#,##0"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    /// How a cell of a row is set. The sign of a bound stands before the
    /// number and is no part of it.
    pub(super) fn cell(&self, cell: &Cell, kind: RowKind, indent: usize) -> Format {
        let mut format = Format::new().set_align(FormatAlign::Top);
        if kind != RowKind::Body {
            format = format.set_bold();
        }
        if kind == RowKind::Total {
            format = format.set_border_top(FormatBorder::Medium);
        }
        if indent > 0 {
            format = format.set_indent(u8::try_from(indent).unwrap_or(u8::MAX));
        }
        match cell {
            Cell::Money(sum) => format.set_num_format(signed(sum.bound(), &self.money())).set_align(FormatAlign::Right),
            Cell::Count(sum) => {
                let whole = if sum.value.normalize().scale() > 0 { "#,##0.0#" } else { "#,##0" };
                format.set_num_format(signed(sum.bound(), whole)).set_align(FormatAlign::Right)
            }
            Cell::Number(_) => format.set_num_format("#,##0.######").set_align(FormatAlign::Right),
            Cell::Percent(_, bound) => format.set_num_format(signed(*bound, "#,##0.0#%")).set_align(FormatAlign::Right),
            Cell::Date(_) => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            Cell::Empty | Cell::Text(_) => format.set_text_wrap(),
        }
    }

    fn money(&self) -> String {
        let places = "0".repeat(self.decimals as usize);
        if places.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{places}") }
    }
}

fn signed(bound: Bound, format: &str) -> String {
    match bound {
        Bound::Exact => format.to_owned(),
        bound => format!("\"{}\"{format}", bound.sign()),
    }
}
