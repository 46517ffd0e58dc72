//! A folder of pictures under names that nobody can guess.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::{CleanImage, FileError, MediaType};

/// Name of a stored file: 128 random bits in hexadecimal. Nothing a sender chose is ever part of a path (UPL-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName([u8; 16]);

/// A file that lies in the store and waits for a row that names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its name in the store.
    pub name: FileName,
    /// How it is encoded.
    pub media_type: MediaType,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: i64,
    /// What the sender says is in the picture, for those who cannot see it.
    pub description: Option<String>,
}

/// The folder.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Opens the folder, and makes it when it is not there.
    ///
    /// # Errors
    /// When it can be neither found nor made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Puts a picture. When this returns, bytes and folder entries are on stable storage (DUR-11).
    ///
    /// # Errors
    /// When the folder cannot be written; nothing is left behind then that a sweep would not find.
    pub fn put(&self, name: FileName, image: &CleanImage) -> Result<StoredFile, FileError> {
        let shelf = self.shelf(name);
        if !shelf.is_dir() {
            fs::create_dir_all(&shelf)?;
            sync_folder(&self.folder)?;
        }
        write_durably(&shelf.join(name.to_string()), &image.bytes)?;
        sync_folder(&shelf)?;
        let bytes = i64::try_from(image.bytes.len()).expect("a picture has fewer than 2^63 bytes");
        let CleanImage { media_type, width, height, .. } = *image;
        Ok(StoredFile { name, media_type, width, height, bytes, description: None })
    }

    /// The bytes of a file. Who may see them is the caller's question.
    ///
    /// # Errors
    /// [`FileError::Unknown`] when there is none of this name.
    pub fn get(&self, name: FileName) -> Result<Vec<u8>, FileError> {
        fs::read(self.path(name)).map_err(missing_or_failed)
    }

    /// Removes a file; one that is already gone is no error.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn remove(&self, name: FileName) -> Result<(), FileError> {
        match fs::remove_file(self.path(name)).map_err(missing_or_failed) {
            Err(FileError::Unknown) => Ok(()),
            other => other,
        }
    }

    /// Every file that was last written before `before`: what a sweep for orphans begins with.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names_before(&self, before: jiff::Timestamp) -> Result<Vec<FileName>, FileError> {
        let mut names = Vec::new();
        for shelf in fs::read_dir(&self.folder)? {
            for entry in fs::read_dir(shelf?.path())? {
                let entry = entry?;
                let written = jiff::Timestamp::try_from(entry.metadata()?.modified()?);
                let name = entry.file_name().to_string_lossy().parse::<FileName>();
                if let (Ok(name), true) = (name, written.is_ok_and(|at| at < before)) {
                    names.push(name);
                }
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// 256 shelves keep every folder short.
    fn shelf(&self, name: FileName) -> PathBuf {
        self.folder.join(HEXLOWER.encode(&name.0[..1]))
    }

    fn path(&self, name: FileName) -> PathBuf {
        self.shelf(name).join(name.to_string())
    }
}

/// Never over an existing file: a name is used once.
fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn missing_or_failed(error: io::Error) -> FileError {
    if error.kind() == io::ErrorKind::NotFound { FileError::Unknown } else { FileError::Store(error) }
}

impl FileName {
    /// A name from 16 random bytes, such as [`db::Tx::random`] gives.
    pub fn random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for FileName {
    type Err = FileError;

    fn from_str(text: &str) -> Result<Self, FileError> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| FileError::Unknown)?;
        bytes.try_into().map(Self).map_err(|_| FileError::Unknown)
    }
}

impl TryFrom<String> for FileName {
    type Error = FileError;

    fn try_from(text: String) -> Result<Self, FileError> {
        text.parse()
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.to_string()
    }
}

impl db::Param for FileName {
    fn value(&self) -> db::Value<'_> {
        db::Value::Bytes(&self.0)
    }
}

impl db::Column for FileName {
    fn read(row: &db::Row<'_>, index: usize) -> Result<Option<Self>, db::Error> {
        let name = <Vec<u8> as db::Column>::read(row, index)?.map(<[u8; 16]>::try_from).transpose();
        name.map(|bytes| bytes.map(Self))
            .map_err(|_| row.misfit(index, "16 bytes", "the length differs".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> CleanImage {
        CleanImage { bytes: vec![1, 2, 3], media_type: MediaType::Jpeg, width: 1, height: 1 }
    }

    #[test]
    fn a_stored_file_is_read_back_and_its_name_is_used_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path().join("files")).unwrap();
        let name = FileName::random([0xab; 16]);
        assert_eq!(store.put(name, &picture()).unwrap().bytes, 3);
        assert_eq!(store.get(name).unwrap(), [1, 2, 3]);
        assert!(matches!(store.put(name, &picture()), Err(FileError::Store(_))));
        store.remove(name).unwrap();
        store.remove(name).unwrap();
        assert!(matches!(store.get(name), Err(FileError::Unknown)));
    }

    #[test]
    fn upl_04_no_text_but_32_hexadecimal_digits_is_a_file_name() {
        let name = FileName::random([7; 16]);
        assert_eq!(name.to_string().parse::<FileName>().unwrap(), name);
        for text in ["", "../../etc/passwd", "ab", "ABABABABABABABABABABABABABABABAB", "\0", "photo.jpg"] {
            assert!(text.parse::<FileName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn dur_11_a_sweep_lists_only_files_written_before() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(folder.path()).unwrap();
        let name = FileName::random([1; 16]);
        store.put(name, &picture()).unwrap();
        assert_eq!(store.names_before(jiff::Timestamp::MAX).unwrap(), [name]);
        assert_eq!(store.names_before(jiff::Timestamp::UNIX_EPOCH).unwrap(), []);
    }
}
