//! Photos: what comes in is never what goes out.
//!
//! [`inspect`] looks at the leading bytes, reads the size from the header before any pixel is decoded, decodes,
//! turns upright and encodes anew, so that nothing of the sender's file survives but its pixels: no place, no
//! device, no hidden second file. [`FileStore`] keeps the result under a random name in a folder, on stable
//! storage before the row that names it can be committed.

mod attached;
mod image_cleaning;
mod store;

pub use attached::{
    Photo, add_file, add_file_as_reporter, open_for_public, open_for_reporter, open_for_staff,
    open_published, orphans,
};
pub(crate) use attached::{add_rows, photos_of};
pub use image_cleaning::{CleanImage, MediaType, inspect};
pub use store::{FileName, FileStore, StoredFile};

/// Largest file taken.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most files with one submission.
pub const FILES_MAX: usize = 5;
/// Most bytes of all files of one submission.
pub const SUBMISSION_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Most pixels of one image.
pub const PIXELS_MAX: u64 = 40_000_000;
/// Longest side of one image.
pub const SIDE_PIXELS_MAX: u32 = 12_000;

/// Why a file was refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Leading bytes of neither JPEG, PNG nor WebP.
    #[error("only JPEG, PNG and WebP pictures are taken")]
    NotAPicture,
    /// More bytes than a file may have.
    #[error("the file has {bytes} bytes; at most {FILE_BYTES_MAX} are taken")]
    TooManyBytes {
        /// Bytes given.
        bytes: usize,
    },
    /// More files than a submission may have.
    #[error("{files} files were sent; at most {FILES_MAX} are taken")]
    TooManyFiles {
        /// Files given.
        files: usize,
    },
    /// More bytes than a submission may have.
    #[error("the files have {bytes} bytes together; at most {SUBMISSION_BYTES_MAX} are taken")]
    TooManyBytesTogether {
        /// Bytes given.
        bytes: usize,
    },
    /// More pixels than we decode.
    #[error("the picture is {width} by {height} pixels, which is too large")]
    TooManyPixels {
        /// Width from the header.
        width: u32,
        /// Height from the header.
        height: u32,
    },
    /// The bytes end early or make no sense.
    #[error("the picture is damaged")]
    Damaged(#[source] image::ImageError),
    /// There is no such file, or not for this viewer.
    #[error("no such file")]
    Unknown,
    /// The folder could not be read or written.
    #[error("the file store failed")]
    Store(#[from] std::io::Error),
}

/// Checks the number and sizes of the files of one submission, before any is looked at.
///
/// # Errors
/// [`FileError::TooManyFiles`], [`FileError::TooManyBytes`] or [`FileError::TooManyBytesTogether`].
pub fn check_submission(sizes_bytes: &[usize]) -> Result<(), FileError> {
    check_count(sizes_bytes.len())?;
    if let Some(&bytes) = sizes_bytes.iter().find(|bytes| **bytes > FILE_BYTES_MAX) {
        return Err(FileError::TooManyBytes { bytes });
    }
    let bytes: usize = sizes_bytes.iter().sum();
    if bytes > SUBMISSION_BYTES_MAX {
        return Err(FileError::TooManyBytesTogether { bytes });
    }
    Ok(())
}

pub(crate) fn check_count(files: usize) -> Result<(), FileError> {
    if files > FILES_MAX { Err(FileError::TooManyFiles { files }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upl_02_a_submission_is_measured_before_it_is_read() {
        assert!(check_submission(&[5 * 1024 * 1024; 5]).is_ok());
        assert!(matches!(check_submission(&[1; 6]), Err(FileError::TooManyFiles { files: 6 })));
        assert!(matches!(check_submission(&[FILE_BYTES_MAX + 1]), Err(FileError::TooManyBytes { .. })));
        assert!(matches!(
            check_submission(&[FILE_BYTES_MAX; 3]),
            Err(FileError::TooManyBytesTogether { .. })
        ));
    }
}
