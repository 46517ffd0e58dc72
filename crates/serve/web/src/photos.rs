//! Photos from a form into the file store: measured, decoded, cleaned, written, each with its limit.

use requests::files::{self, CleanImage, FileError};
use requests::{FileName, StoredFile};

use crate::app::App;
use crate::disk::DiskRoom;
use crate::refusal::{Refusal, chain};
use crate::words::Language;

/// Why photos were not taken, in words for the one who sent them.
#[derive(Debug)]
pub(crate) enum PhotoProblem {
    /// There is something about the photos that their sender can mend.
    Unfit(FileError),
    /// The disk is nearly full; the report itself is welcome.
    NoRoom,
}

impl PhotoProblem {
    pub(crate) fn text(&self, language: Language) -> String {
        let mebibytes = |bytes: usize| bytes / (1024 * 1024);
        let problem = match self {
            PhotoProblem::Unfit(problem) => problem,
            PhotoProblem::NoRoom => return language.say("photo-no-room").into_owned(),
        };
        match problem {
            FileError::NotAPicture => language.say("photo-not-a-picture"),
            FileError::TooManyBytes { .. } => {
                language.with("photo-too-large", "megabytes", &mebibytes(files::FILE_BYTES_MAX))
            }
            FileError::TooManyFiles { .. } => language.with("photo-too-many", "max", &files::FILES_MAX),
            FileError::TooManyBytesTogether { .. } => language.with(
                "photo-too-large-together",
                "megabytes",
                &mebibytes(files::SUBMISSION_BYTES_MAX),
            ),
            FileError::TooManyPixels { .. } => language.say("photo-too-many-pixels"),
            FileError::Damaged(_) | FileError::Unknown | FileError::Store(_) => language.say("photo-damaged"),
        }
        .into_owned()
    }
}

/// Cleans and keeps photos; `already` of them are part of the same submission. The inner error is the
/// sender's to mend.
pub(crate) async fn keep(
    app: &App,
    photos: Vec<Vec<u8>>,
    already: usize,
) -> Result<Result<Vec<StoredFile>, PhotoProblem>, Refusal> {
    if photos.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    if app.disk.room() >= DiskRoom::NoPhotos {
        return Ok(Err(PhotoProblem::NoRoom));
    }
    let mut sizes: Vec<usize> = photos.iter().map(Vec::len).collect();
    sizes.resize(sizes.len() + already, 0);
    if let Err(problem) = files::check_submission(&sizes) {
        return Ok(Err(PhotoProblem::Unfit(problem)));
    }
    let mut kept = Vec::new();
    for bytes in photos {
        match keep_one(app, bytes).await? {
            Ok(stored) => kept.push(stored),
            Err(problem) => return Ok(Err(problem)),
        }
    }
    Ok(Ok(kept))
}

async fn keep_one(app: &App, bytes: Vec<u8>) -> Result<Result<StoredFile, PhotoProblem>, Refusal> {
    let image = match clean(app, bytes).await? {
        Ok(image) => image,
        Err(problem) => return Ok(Err(PhotoProblem::Unfit(problem))),
    };
    let drawn = app.db.write(|tx| Ok::<_, db::Error>(tx.random::<16>())).await;
    let name = FileName::random(drawn.map_err(|error| Refusal::store(app, &error))?);
    let files = app.files.clone();
    let stored = tokio::task::spawn_blocking(move || files.put(name, &image)).await;
    match stored.map_err(|error| Refusal::broken(app, &error))? {
        Ok(stored) => Ok(Ok(stored)),
        Err(error) => {
            tracing::error!(cause = %chain(&error), "a photo could not be stored");
            Err(Refusal::Unavailable)
        }
    }
}

/// Decoding takes memory and time, so only a few photos are looked at together, off the async threads.
pub(crate) async fn clean(app: &App, bytes: Vec<u8>) -> Result<Result<CleanImage, FileError>, Refusal> {
    let _turn = app.decoding.acquire().await.map_err(|_| Refusal::Unavailable)?;
    let inspected = tokio::task::spawn_blocking(move || files::inspect(&bytes)).await;
    // A panic in a decoder is the picture's fault, and costs its sender the picture only.
    Ok(inspected.unwrap_or(Err(FileError::NotAPicture)))
}
