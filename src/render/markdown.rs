//! Pages as Markdown.

use super::Style;
use super::grid::{Align, Block, Grid, Page, RowKind, Unit};
use crate::text::shown;

pub(super) fn write(page: &Page, style: &Style) -> String {
    let unit = style.unit.unwrap_or(Unit::One);
    let mut parts = vec![format!("# {}", escaped(&page.title))];
    for block in &page.blocks {
        match block {
            Block::Line(line) => parts.push(escaped(line)),
            Block::Grid(grid) => {
                parts.extend(grid.title.as_deref().map(|title| format!("## {}", escaped(title))));
                parts.push(write_grid(grid, style, unit));
            }
        }
    }
    parts.extend(page.foot(style.words, unit).iter().map(|note| escaped(note)));
    parts.join("\n\n") + "\n"
}

fn write_grid(grid: &Grid, style: &Style, unit: Unit) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let headers = grid.columns.iter().map(|column| escaped(&column.header)).collect();
    let rules = grid.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    let mut lines = vec![line(headers), line(rules.collect())];
    for (row, texts) in grid.rows.iter().zip(grid.texts(style.words, unit)) {
        let mut cells: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        if row.kind != RowKind::Body {
            cells.iter_mut().filter(|cell| !cell.is_empty()).for_each(|cell| *cell = format!("**{cell}**"));
        }
        if let Some(first) = cells.first_mut() {
            first.insert_str(0, &"&emsp;".repeat(row.indent));
        }
        lines.push(line(cells));
    }
    lines.join("\n")
}

/// Text that Markdown would read as something else, as itself.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in shown(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
