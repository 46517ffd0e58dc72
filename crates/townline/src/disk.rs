//! How much room is left where we write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use web::FreeShare;

/// The free share of the fullest of the disks with the database (when it is a file of ours) and the photos.
pub fn free_share(database: &str, files: &Path) -> FreeShare {
    let mut folders = vec![files.to_owned()];
    folders.extend(database.strip_prefix("sqlite:").map(folder_of));
    Arc::new(move || folders.iter().filter_map(|folder| share_of(folder)).reduce(f64::min))
}

fn folder_of(file: &str) -> PathBuf {
    let parent = Path::new(file).parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

/// What is left for us of a disk, without what is kept back for its administrator.
fn share_of(folder: &Path) -> Option<f64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    (disk.f_blocks > 0).then(|| disk.f_bavail as f64 / disk.f_blocks as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ovl_06_a_disk_that_is_there_has_a_share_and_one_that_is_not_has_none() {
        let here = free_share("sqlite:town.db", Path::new("."))();
        assert!(here.is_some_and(|share| (0.0..=1.0).contains(&share)), "{here:?}");
        assert_eq!(free_share("postgres://db.example/town", Path::new("/no/such/folder"))(), None);
    }
}
