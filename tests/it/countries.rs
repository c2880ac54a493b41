//! Another country's regions.

use std::fs;
use std::path::Path;

use super::support::{run, sqlite, stderr, stdout};

fn write(folder: &Path, provinces: &str) {
    let files = [
        (
            "regions.csv",
            "code,name,name_en,sort,valid_from,valid_to,legal_basis,confidence\n\
             N,Nord,North,1,,,,verified\nS,Süd,South,2,,,,verified\n",
        ),
        ("provinces.csv", provinces),
        ("province_kinds.csv", "code,effective_on,kind,full_name,former_full_name,legal_basis,confidence\n"),
        ("province_aliases.csv", "alias,former_code,current_code,confidence\nThe Wald,,1,verified\n"),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

const HEADER: &str = "code,name,name_en,kind,region,valid_from,valid_to,successor,confidence\n";

#[test]
fn a_casebook_of_another_country() {
    let (place, folder) = (sqlite(), tempfile::TempDir::new().unwrap());
    write(folder.path(), &format!("{HEADER}1,Wald,Wald,province,N,,,,verified\n2,See,See,province,S,,,,verified\n"));
    let regions = folder.path().display().to_string();
    let output = run(&place.address, &["init", "--currency", "EUR", "--regions", &regions]);
    assert!(output.status.success(), "{}", stderr(&output));
    for (province, fine) in [("the wald", "12,50"), ("2", "100 USD")] {
        let arguments = ["record", "--province", province, "--agency", "A", "--date", "1/6/2025", "--goods", "x"];
        let output = run(&place.address, &[&arguments[..], &["--fine", fine]].concat());
        assert_eq!(output.status.success(), fine != "100 USD", "{}", stderr(&output));
    }
    let output = run(&place.address, &["totals", "--by", "region,province", "--format", "csv"]);
    let said = stdout(&output);
    let row: Vec<&str> = said.lines().nth(1).unwrap().split(',').collect();
    assert_eq!((&row[..4], row[10]), (&["Nord", "N", "Wald", "1"][..], "12.50"), "{said}");
    assert!(run(&place.address, &["verify"]).status.success());
}

#[test]
fn regions_that_do_not_fit_together_are_refused() {
    let (place, folder) = (sqlite(), tempfile::TempDir::new().unwrap());
    let regions = folder.path().display().to_string();
    for (provinces, said) in [
        ("1,Wald,Wald,province,X,,,,verified\n", "\"X\""),
        ("1,Wald,Wald,province,N,gestern,,,verified\n", "line"),
        ("1,Wald,Wald,province,N,,2025-06-30,7,verified\n", "\"7\""),
    ] {
        write(folder.path(), &format!("{HEADER}{provinces}"));
        let output = run(&place.address, &["init", "--regions", &regions]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains("provinces.csv") && stderr(&output).contains(said), "{}", stderr(&output));
        assert!(!Path::new(&place.address).exists());
    }
    let output = run(&place.address, &["init", "--regions", "/no/such/folder"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}
