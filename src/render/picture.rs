//! Charts as pictures of points, for formats that know no drawings.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::chart::Chart;
use super::svg::draw;
use crate::lang::Words;

/// The letters of documents, with all of Vietnamese; the SIL Open Font License
/// lies beside them.
pub(super) const FONTS: [&[u8]; 4] = [
    include_bytes!("../../data/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../data/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../data/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../data/fonts/LiberationSerif-BoldItalic.ttf"),
];
/// How many points a unit of the drawing takes: on paper, some 240 an inch.
const POINTS: u16 = 2;

/// A picture.
pub(super) struct Picture {
    /// It as PNG.
    pub(super) png: Vec<u8>,
    /// Its width in points.
    pub(super) width: u32,
    /// Its height in points.
    pub(super) height: u32,
}

/// A drawing, read, with the letters that are in it.
pub(super) fn tree_of(svg: &str) -> Result<Tree, String> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONTS[0].to_vec());
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| error.to_string())
}

pub(super) fn picture(chart: &Chart, currency: &str, words: &Words) -> Result<Picture, String> {
    let tree = tree_of(&draw(chart, currency, words))?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width() * u32::from(POINTS), size.height() * u32::from(POINTS));
    let mut points = Pixmap::new(width, height).ok_or_else(|| "a picture without points".to_owned())?;
    points.fill(resvg::tiny_skia::Color::WHITE);
    let scale = f32::from(POINTS);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut points.as_mut());
    Ok(Picture { png: points.encode_png().map_err(|error| error.to_string())?, width, height })
}
