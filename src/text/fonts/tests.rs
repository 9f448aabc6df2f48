use super::*;

fn request(family: &str, weight: u16, is_italic: bool) -> FaceRequest {
    FaceRequest {
        families: vec![family.to_owned()],
        weight,
        is_italic,
        ..FaceRequest::default()
    }
}

#[test]
fn every_bundled_face_is_found_and_drawn() {
    let fonts = Fonts::bundled();
    assert_eq!(fonts.faces.len(), 20);
    for id in fonts.ids() {
        let asked = request(fonts.family_name(id), fonts.weight(id), fonts.is_italic(id));
        assert_eq!(fonts.face(&asked), Ok(id));
    }
}

#[test]
fn a_missing_face_names_the_nearest() {
    let fonts = Fonts::bundled();
    let case = |family: &str, weight, is_italic, nearest: Option<&str>| {
        let missing = fonts.face(&request(family, weight, is_italic)).unwrap_err();
        assert_eq!(missing.nearest.as_deref(), nearest, "{family} {weight}");
    };
    case("Source Serif 4", 900, false, Some("Source Serif 4 600"));
    case(
        "source serif 4",
        400,
        true,
        Some("Source Serif 4 600 italic"),
    );
    case("Source Serif", 600, false, Some("Source Serif 4 600"));
    case("Comissioner", 700, false, Some("Commissioner 700"));
    case("Wingdings", 400, false, None);
}

#[test]
fn the_first_family_there_is_decides() {
    let fonts = Fonts::bundled();
    let mut asked = request("Helvetica", 700, false);
    asked.families.push("commissioner".to_owned());
    let face = fonts.face(&asked).unwrap();
    assert_eq!(fonts.family_name(face), "Commissioner");
    asked.weight = 300;
    let missing = fonts.face(&asked).unwrap_err();
    assert_eq!(missing.nearest.as_deref(), Some("Commissioner 500"));
}

#[test]
fn a_folder_without_fonts_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let error = Fonts::bundled().with_dir(dir.path()).err().unwrap();
    assert!(error.to_string().starts_with("there is no font in"));
    fs::write(dir.path().join("a.ttf"), b"not a font").unwrap();
    let error = Fonts::bundled().with_dir(dir.path()).err().unwrap();
    assert!(error.to_string().ends_with("not a font we can read"));
}

#[test]
fn a_folder_adds_its_faces_but_replaces_none() {
    let dir = tempfile::tempdir().unwrap();
    let (name, bytes) = BUNDLED[0];
    fs::write(dir.path().join("Again.TTF"), bytes).unwrap();
    let fonts = Fonts::bundled().with_dir(dir.path()).unwrap();
    assert_eq!(fonts.faces.len(), 21);
    assert_eq!(fonts.sources().last().unwrap().0, "Again.TTF");
    assert_eq!(
        fonts.face(&request("Commissioner", 500, false)),
        Ok(FaceId(0))
    );
    assert_eq!(fonts.sources().next().unwrap(), (name, bytes));
}
