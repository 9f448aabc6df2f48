//! What the names of elements mean to a reader of pages.

/// Whether a tag parts the words on its two sides, as a block or a line break does.
pub(super) fn parts_words(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"br"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"table"
            | b"tbody"
            | b"td"
            | b"tfoot"
            | b"th"
            | b"thead"
            | b"tr"
            | b"ul"
    )
}

/// Whether an element has no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Whether a paragraph that follows opens the element again: the style goes on until its end tag.
pub(super) fn is_style(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"b"
            | b"big"
            | b"code"
            | b"em"
            | b"font"
            | b"i"
            | b"nobr"
            | b"s"
            | b"small"
            | b"strike"
            | b"strong"
            | b"tt"
            | b"u"
    )
}

/// Whether an element may stand in a paragraph without ending it.
pub(super) fn is_inline(name: &[u8]) -> bool {
    is_style(name)
        || matches!(
            name,
            b"abbr"
                | b"cite"
                | b"del"
                | b"dfn"
                | b"ins"
                | b"kbd"
                | b"label"
                | b"mark"
                | b"q"
                | b"samp"
                | b"span"
                | b"sub"
                | b"sup"
                | b"time"
                | b"var"
                | b"svg"
                | b"button"
                | b"picture"
                | b"iframe"
                | b"script"
                | b"style"
                | b"noscript"
                | b"video"
                | b"audio"
                | b"object"
        )
}

/// Whether an element is a list.
pub(super) fn is_list(name: &[u8]) -> bool {
    matches!(name, b"ul" | b"ol" | b"dl")
}

/// Whether the next of its kind ends the element.
pub(super) fn is_closed_by_its_like(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"option" | b"a"
    )
}
