//! Pages as PDF: what is marked on them, and what it is for those who listen.

use std::collections::HashMap;
use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::flow::{BOTTOM, Element, LEFT, Mark, PAGE, Place, TOP};
use super::letters::{Cut, Letters};
use crate::domain::ReportSeal;
use crate::render::picture::tree_of;

/// What is said of the whole.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) lang: &'a str,
    /// What stands at the foot of each page.
    pub(super) foot: String,
    pub(super) seal: Option<&'a ReportSeal>,
}

pub(super) fn paint(
    letters: &Letters,
    sheets: &[Vec<Mark>],
    elements: &[Element],
    about: &About<'_>,
) -> Result<Vec<u8>, String> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut ids: HashMap<Place, Vec<Identifier>> = HashMap::new();
    let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("a page without a size")?;
    for (nth, marks) in sheets.iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in marks {
            if let Some((place, id)) = draw(&mut surface, letters, mark)? {
                ids.entry(place).or_default().push(id);
            }
        }
        margins(&mut surface, letters, nth + 1, &about.foot);
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(elements, ids, about.lang));
    document.set_outline(outline(elements));
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| format!("{error:?}"))
}

/// The headings, by which one gets around.
fn outline(elements: &[Element]) -> Outline {
    let mut outline = Outline::new();
    for element in elements {
        if let Element::Heading(text, page, y) = element {
            let there = XyzDestination::new(*page, Point::from_xy(LEFT, *y));
            outline.push_child(OutlineNode::new(text.clone(), there));
        }
    }
    outline
}

fn metadata(about: &About<'_>) -> Metadata {
    let mut metadata =
        Metadata::new().title(about.title.to_owned()).language(about.lang.to_owned()).creator("casebook".to_owned());
    if let Some(seal) = about.seal {
        metadata = metadata.keywords(vec![seal.json()]);
        metadata = metadata.creation_date(moment(seal.made_at));
    }
    metadata
}

fn moment(at: chrono::DateTime<chrono::Utc>) -> DateTime {
    use chrono::{Datelike, Timelike};
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// Draws a mark; tells what it belongs to, if it belongs to anything.
fn draw(surface: &mut Surface<'_>, letters: &Letters, mark: &Mark) -> Result<Option<(Place, Identifier)>, String> {
    match mark {
        Mark::Text { x, base, text, cut, size, gap, place } => {
            let tag = if *place == Place::Nothing { nothing() } else { ContentTag::Span(SpanTag::empty()) };
            let id = surface.start_tagged(tag);
            write(surface, letters, (*x, *base), text, (*cut, *size, *gap));
            surface.end_tagged();
            Ok((*place != Place::Nothing).then_some((*place, id)))
        }
        Mark::Line { from, to } => {
            surface.start_tagged(nothing());
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: rgb::Color::black().into(), width: 0.5, ..Stroke::default() }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
            surface.end_tagged();
            Ok(None)
        }
        Mark::Drawing { x, y, width, height, svg, place } => {
            let tree = tree_of(svg)?;
            let size = Size::from_wh(*width, *height).ok_or("a drawing without a size")?;
            let id = surface.start_tagged(ContentTag::Other);
            surface.push_transform(&Transform::from_translate(*x, *y));
            surface.draw_svg(&tree, size, SvgSettings::default());
            surface.pop();
            surface.end_tagged();
            Ok(Some((*place, id)))
        }
    }
}

fn nothing() -> ContentTag<'static> {
    ContentTag::Artifact(krilla::tagging::Artifact::with_kind(ArtifactType::Other))
}

/// Writes a text, with so much more after each of its spaces.
fn write(surface: &mut Surface<'_>, letters: &Letters, at: (f32, f32), text: &str, set: (Cut, f32, f32)) {
    let (cut, size, gap) = set;
    let mut glyphs = letters.glyphs(cut, text);
    for glyph in &mut glyphs {
        if text.get(glyph.text_range.clone()) == Some(" ") {
            glyph.x_advance += gap / size;
        }
    }
    surface.set_fill(Some(Fill { paint: rgb::Color::black().into(), ..Fill::default() }));
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs, letters.font(cut), text, size, false);
}

/// The number of the page above, but not on the first; below, where the
/// figures came from.
fn margins(surface: &mut Surface<'_>, letters: &Letters, number: usize, foot: &str) {
    const NUMBER: f32 = 13.0;
    const FOOT: f32 = 8.0;
    let kind = |kind| ContentTag::Artifact(krilla::tagging::Artifact::with_kind(kind));
    if number > 1 {
        let text = number.to_string();
        let x = (PAGE.0 - letters.width(Cut::Plain, NUMBER, &text)) / 2.0;
        surface.start_tagged(kind(ArtifactType::Header));
        write(surface, letters, (x, TOP / 2.0 + NUMBER / 2.0), &text, (Cut::Plain, NUMBER, 0.0));
        surface.end_tagged();
    }
    if !foot.is_empty() {
        surface.start_tagged(kind(ArtifactType::Footer));
        write(surface, letters, (LEFT, PAGE.1 - BOTTOM / 2.0), foot, (Cut::Plain, FOOT, 0.0));
        surface.end_tagged();
    }
}

/// The elements in the order in which they are read.
fn tree(elements: &[Element], mut ids: HashMap<Place, Vec<Identifier>>, lang: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    for (nth, element) in elements.iter().enumerate() {
        let mut taken = |place: Place| ids.remove(&place).unwrap_or_default().into_iter().map(Node::from).collect();
        let own = Place::Element(nth);
        tree.push(match element {
            Element::Heading(text, ..) => {
                TagGroup::with_children(Tag::Hn(NonZeroU16::MIN, Some(text.clone())), taken(own))
            }
            Element::Paragraph => TagGroup::with_children(Tag::P, taken(own)),
            Element::Figure(told) => TagGroup::with_children(Tag::Figure(Some(told.clone())), taken(own)),
            Element::Table(rows, columns) => {
                let mut table = TagGroup::new(Tag::Table);
                for row in 0..*rows {
                    let mut group = TagGroup::new(Tag::TR);
                    for column in 0..*columns {
                        let cell: Vec<Node> = taken(Place::Cell(nth, row, column));
                        let inside = TagGroup::with_children(Tag::P, cell);
                        group.push(match (row, column) {
                            (0, _) => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), vec![inside.into()]),
                            (_, 0) => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), vec![inside.into()]),
                            _ => TagGroup::with_children(Tag::TD, vec![inside.into()]),
                        });
                    }
                    table.push(group);
                }
                table
            }
        });
    }
    tree
}
