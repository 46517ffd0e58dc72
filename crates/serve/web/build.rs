//! Lists the files of `ui/dist` for embedding. It makes none of them: `make ui` does.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    if !dist.join(".built").is_file() {
        println!(
            "cargo::error=ui/dist is missing: run `make ui`, which makes the styles and scripts of the pages"
        );
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it for every build script"));
    fs::write(out.join("assets.rs"), table(&dist.canonicalize()?)?)
}

/// The files as a Rust array, each with its packed copy where there is one.
fn table(dist: &Path) -> io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dist)? {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.retain(|name| !name.starts_with('.') && !name.ends_with(".gz"));
    names.sort();
    let mut text = String::from("[\n");
    for name in &names {
        let path = dist.join(name);
        let packed = dist.join(format!("{name}.gz"));
        let packed =
            if packed.is_file() { format!("Some(include_bytes!({packed:?}))") } else { "None".to_owned() };
        // Writing into a string cannot fail.
        let _ =
            writeln!(text, "Asset {{ name: {name:?}, bytes: include_bytes!({path:?}), packed: {packed} }},");
    }
    text.push(']');
    Ok(text)
}
