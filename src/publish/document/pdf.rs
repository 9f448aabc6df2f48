//! Writes a PDF whose pages are pictures.
//!
//! PDF knows the compression of PNG and of JPEG: the data of the files is copied as it is, so that a page
//! shows the very pixels of its picture and costs no time. Only a picture with transparency is laid on
//! white first, which is what a page is. Each page is a figure with its alternative text, in reading
//! order (ISO 32000-1, 14.7 and 14.8), so that a screen reader reads what the picture says. There is no
//! date in it: the same pages give the same bytes.

use pdf_writer::types::{Predictor, StructRole, TabOrder};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::page::{Colours, Data, Page};

/// The objects of a page, one after the other.
struct Refs {
    page: Ref,
    image: Ref,
    content: Ref,
    figure: Ref,
    /// What each marked piece of the page belongs to: there is one.
    owners: Ref,
}

impl Refs {
    fn of(index: usize) -> Self {
        let refs = [1, 2, 3, 4, 5].map(|number| Ref::new(SHARED + index as i32 * 5 + number));
        let [page, image, content, figure, owners] = refs;
        Self {
            page,
            image,
            content,
            figure,
            owners,
        }
    }
}

/// Objects that no page has for itself.
const SHARED: i32 = 5;

/// Binds pages to a file.
#[must_use]
pub fn bind(title: &str, lang: Option<&str>, pages: &[Page<'_>]) -> Vec<u8> {
    let [catalog, tree, info, structure, document] = [1, 2, 3, 4, 5].map(Ref::new);
    let refs: Vec<Refs> = (0..pages.len()).map(Refs::of).collect();
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree);
    root.mark_info().marked(true);
    root.viewer_preferences().display_doc_title(true);
    root.pair(Name(b"StructTreeRoot"), structure);
    if let Some(lang) = lang {
        root.lang(TextStr(lang));
    }
    root.finish();
    pdf.document_info(info)
        .title(TextStr(title))
        .producer(TextStr(concat!("pullquote ", env!("CARGO_PKG_VERSION"))));
    pdf.pages(tree)
        .kids(refs.iter().map(|refs| refs.page))
        .count(pages.len() as i32);
    let mut marks = pdf.indirect(structure).start::<StructTreeRoot<'_>>();
    marks.child(document);
    marks.parent_tree_next_key(pages.len() as i32);
    let mut owners = marks.parent_tree();
    let mut numbers = owners.nums();
    for (index, refs) in refs.iter().enumerate() {
        numbers.insert(index as i32, refs.owners);
    }
    numbers.finish();
    owners.finish();
    marks.finish();
    let mut whole = pdf.struct_element(document);
    whole.kind(StructRole::Document).parent(structure);
    let mut figures = whole.children();
    for refs in &refs {
        figures.struct_element(refs.figure);
    }
    figures.finish();
    whole.finish();
    for (index, (page, refs)) in pages.iter().zip(&refs).enumerate() {
        write_page(&mut pdf, index, (page, refs), (tree, document));
    }
    pdf.finish()
}

fn write_page(
    pdf: &mut Pdf,
    index: usize,
    (page, refs): (&Page<'_>, &Refs),
    (tree, document): (Ref, Ref),
) {
    const IMAGE: Name<'_> = Name(b"Picture");
    const FIGURE: Name<'_> = Name(b"Figure");
    // A point for each px: sizes stay whole, and every program shows the page as large as it likes.
    let (width, height) = (page.width as f32, page.height as f32);
    let mut written = pdf.page(refs.page);
    written.parent(tree).contents(refs.content);
    written.media_box(Rect::new(0.0, 0.0, width, height));
    written.struct_parents(index as i32);
    written.tab_order(TabOrder::StructureOrder);
    written.resources().x_objects().pair(IMAGE, refs.image);
    written.finish();
    let mut content = Content::new();
    content
        .begin_marked_content_with_properties(FIGURE)
        .properties()
        .identify(0);
    content.save_state();
    content.transform([width, 0.0, 0.0, height, 0.0, 0.0]);
    content.x_object(IMAGE);
    content.restore_state();
    content.end_marked_content();
    pdf.stream(refs.content, &content.finish());
    pdf.indirect(refs.owners).array().item(refs.figure);
    let mut figure = pdf.struct_element(refs.figure);
    figure
        .kind(StructRole::Figure)
        .parent(document)
        .page(refs.page);
    figure.alt(TextStr(page.alt));
    figure.children().marked_content_id(0);
    figure.finish();
    write_image(pdf, page, refs.image);
}

fn write_image(pdf: &mut Pdf, page: &Page<'_>, image: Ref) {
    let bytes = match &page.data {
        Data::Jpeg(bytes) => bytes,
        Data::Png(deflated) => &deflated.data,
    };
    let mut written = pdf.image_xobject(image, bytes);
    written.width(page.width as i32).height(page.height as i32);
    let Data::Png(deflated) = &page.data else {
        written.bits_per_component(8).filter(Filter::DctDecode);
        written.color_space().device_rgb();
        return;
    };
    let depth = i32::from(deflated.depth);
    written
        .bits_per_component(depth)
        .filter(Filter::FlateDecode);
    let samples = match &deflated.colours {
        Colours::Grey => {
            written.color_space().device_gray();
            1
        }
        Colours::Rgb => {
            written.color_space().device_rgb();
            3
        }
        Colours::Indexed(palette) => {
            let last = (palette.len() / 3) as i32 - 1;
            written
                .color_space()
                .indexed(Name(b"DeviceRGB"), last, palette);
            1
        }
    };
    let mut rows = written.decode_parms();
    rows.predictor(Predictor::PngOptimum).colors(samples);
    rows.bits_per_component(depth).columns(page.width as i32);
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::page::PNG;
    use super::*;

    fn png_of(kind: png::ColorType, depth: png::BitDepth, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 3, 2);
        encoder.set_color(kind);
        encoder.set_depth(depth);
        if kind == png::ColorType::Indexed {
            encoder.set_palette(vec![9, 8, 7, 250, 251, 252, 40, 50, 60]);
        }
        let mut writer = encoder.write_header().expect("a small picture");
        writer.write_image_data(pixels).expect("of that size");
        writer.finish().expect("and whole");
        file
    }

    /// Where a text begins in a file, from a place.
    fn find(file: &[u8], from: usize, text: &[u8]) -> usize {
        let found = file[from..]
            .windows(text.len())
            .position(|found| found == text);
        from + found.unwrap_or_else(|| panic!("no {:?}", String::from_utf8_lossy(text)))
    }

    /// The data of the only picture of a PDF, its depth, its number of samples.
    fn picture(file: &[u8]) -> (Vec<u8>, u8, u8) {
        let before = find(file, 0, b"/Type /XObject");
        let start = find(file, before, b"stream\n") + b"stream\n".len();
        let end = find(file, start, b"\nendstream");
        let number = |key: &[u8]| {
            let at = find(file, before, key) + key.len();
            let digits = file[at..].split(|byte| !byte.is_ascii_digit()).next();
            let digits = String::from_utf8_lossy(digits.unwrap_or_default()).into_owned();
            digits.parse().expect("a number")
        };
        let (depth, samples) = (number(b"/BitsPerComponent "), number(b"/Colors "));
        (file[start..end].to_vec(), depth, samples)
    }

    /// The pixels of a page as a reader of PDF decodes them, as RGB.
    fn pixels(page: &Page<'_>) -> Vec<u8> {
        let file = bind("Title", None, std::slice::from_ref(page));
        let (data, depth, samples) = picture(&file);
        let palette = match file.windows(8).any(|found| found == b"/Indexed") {
            true => vec![9, 8, 7, 250, 251, 252, 40, 50, 60],
            false => Vec::new(),
        };
        let kind = match (samples, palette.is_empty()) {
            (3, _) => png::ColorType::Rgb,
            (_, false) => png::ColorType::Indexed,
            _ => png::ColorType::Grayscale,
        };
        let head = |kind: png::ColorType| {
            let mut head = Vec::new();
            head.extend(3_u32.to_be_bytes());
            head.extend(2_u32.to_be_bytes());
            head.extend([depth, kind as u8, 0, 0, 0]);
            head
        };
        let mut file = PNG.to_vec();
        for (name, data) in [(b"IHDR", head(kind)), (b"PLTE", palette), (b"IDAT", data)] {
            if data.is_empty() {
                continue;
            }
            file.extend((data.len() as u32).to_be_bytes());
            file.extend(name);
            file.extend(&data);
            let mut sum = crc32fast::Hasher::new();
            sum.update(name);
            sum.update(&data);
            file.extend(sum.finalize().to_be_bytes());
        }
        file.extend(b"\0\0\0\0IEND\xaeB`\x82");
        let mut decoder = png::Decoder::new(Cursor::new(file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a picture");
        let mut found = vec![0; reader.output_buffer_size().expect("it is small")];
        reader.next_frame(&mut found).expect("whole");
        match reader.output_color_type().0 {
            png::ColorType::Grayscale => found.iter().flat_map(|grey| [*grey; 3]).collect(),
            _ => found,
        }
    }

    #[test]
    fn a_page_has_the_pixels_of_its_picture() {
        #[track_caller]
        fn case(kind: png::ColorType, depth: png::BitDepth, data: &[u8], expected: &[u8]) {
            let file = png_of(kind, depth, data);
            let page = Page::new(&file, "Alt").expect("it is a picture");
            assert_eq!((page.width, page.height), (3, 2));
            assert_eq!(pixels(&page), expected);
        }
        use png::BitDepth::{Eight, Two};
        use png::ColorType::{Grayscale, Indexed, Rgb, Rgba};
        let rgb: Vec<u8> = (0..18).map(|value| value * 14).collect();
        case(Rgb, Eight, &rgb, &rgb);
        let grey: Vec<u8> = vec![0, 9, 80, 81, 200, 255];
        let wide: Vec<u8> = grey.iter().flat_map(|value| [*value; 3]).collect();
        case(Grayscale, Eight, &grey, &wide);
        let (a, b, c) = ([9, 8, 7], [250, 251, 252], [40, 50, 60]);
        case(
            Indexed,
            Two,
            &[0b0001_1000, 0b1001_0000],
            &[a, b, c, c, b, a].concat(),
        );
        // Half of black on white is grey; nothing on it is white.
        let clear = [0, 0, 0, 128, 0, 0, 0, 0, 200, 100, 50, 255].repeat(2);
        let laid = [127, 127, 127, 255, 255, 255, 200, 100, 50].repeat(2);
        case(Rgba, Eight, &clear, &laid);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            PNG,
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0\0\x02\xff",
        ] {
            assert!(Page::new(bytes, "").is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn a_reader_for_the_blind_finds_title_language_and_words() {
        let file = png_of(png::ColorType::Grayscale, png::BitDepth::Eight, &[0; 6]);
        let page = |alt| Page::new(&file, alt).expect("it is a picture");
        let pages = [page("First card"), page("Second card")];
        let bound = bind("The title", Some("en"), &pages);
        let text = String::from_utf8_lossy(&bound);
        for part in [
            "/Title (The title)",
            "/Lang (en)",
            "/Marked true",
            "/Alt (First card)",
            "/Alt (Second card)",
            "/Count 2",
        ] {
            assert!(text.contains(part), "{part} is missing");
        }
        assert_eq!(bound, bind("The title", Some("en"), &pages));
    }
}
