//! The file with the installation's key: read, or made on the first start.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use access::InstallationKey;
use anyhow::Context;
use rand::TryRng;
use rand::rngs::SysRng;

/// The key in this file, made when there is none.
pub fn read_or_make(path: &Path) -> anyhow::Result<InstallationKey> {
    if path.exists() { read(path) } else { make(path) }
}

/// The key in this file.
pub fn read(path: &Path) -> anyhow::Result<InstallationKey> {
    let text = fs::read_to_string(path).with_context(|| format!("the key file {}", path.display()))?;
    InstallationKey::read(&text).with_context(|| format!("{} holds no key", path.display()))
}

fn make(path: &Path) -> anyhow::Result<InstallationKey> {
    let mut random = [0; 32];
    SysRng.try_fill_bytes(&mut random).context("the operating system gives no randomness")?;
    let key = InstallationKey::new(random);
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("the key file {}", path.display()))?;
    file.write_all(key.reveal().as_bytes())?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone_and_a_damaged_file_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("townline.key");
        let made = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap(), made);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, "half a k").unwrap();
        assert!(read_or_make(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "half a k");
    }
}
