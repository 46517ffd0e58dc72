use requests::files::{CleanImage, MediaType, open_for_public, open_for_reporter, open_for_staff, orphans};
use requests::{Channel, Created, FileError, FileName, FileStore, NewRequest, RequestError, StoredFile};

use crate::town::{FRIDAY, Town, at, in_town};

fn stored(store: &FileStore, name: u8) -> StoredFile {
    let image = CleanImage { bytes: vec![1, 2, 3], media_type: MediaType::Jpeg, width: 4, height: 3 };
    let file = store.put(FileName::random([name; 16]), &image).unwrap();
    StoredFile { description: Some("A hole".to_owned()), ..file }
}

fn with_photo(town: &Town<'_>, service: &str, file: StoredFile) -> Created {
    town.create(at(FRIDAY), NewRequest { files: vec![file], ..town.new_request(service) }).unwrap()
}

#[test]
fn upl_05_a_photo_opens_for_those_who_may_see_its_request_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let files = [stored(&store, 1), stored(&store, 2)];
    in_town(|town| {
        let (full, hidden) =
            (with_photo(town, "pothole", files[0].clone()), with_photo(town, "noise", files[1].clone()));
        let by_public = |created: &Created, name| {
            let number = created.number.clone();
            town.read(move |tx, id| open_for_public(tx, id, &number, name))
        };
        assert_eq!(by_public(&full, files[0].name).unwrap(), MediaType::Jpeg);
        for (created, name) in [(&hidden, files[1].name), (&full, files[1].name)] {
            assert!(matches!(by_public(created, name), Err(RequestError::File(FileError::Unknown))));
        }
        let (reporter, name) = (town.reporter(&hidden), files[1].name);
        assert!(town.read(move |tx, _| open_for_reporter(tx, &reporter, name)).is_ok());
        let (ana, request) = (town.ana(), hidden.id);
        assert!(town.read(move |tx, id| open_for_staff(tx, &ana, id, request, name)).is_ok());
    });
}

#[test]
fn photos_added_later_stand_beside_the_first_ones() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let files = [stored(&store, 1), stored(&store, 2)];
    in_town(|town| {
        let created = with_photo(town, "pothole", files[0].clone());
        let more = vec![files[1].clone()];
        town.act_as_reporter(at(FRIDAY), &created, move |tx, change| {
            requests::add_file_as_reporter(tx, change, &more)
        })
        .unwrap();
        let photos = town.view(created.id).photos;
        assert_eq!(photos.iter().map(|photo| photo.name).collect::<Vec<_>>(), [files[0].name, files[1].name]);
        assert_eq!(photos[0].description.as_deref(), Some("A hole"));
        crate::life_cycle::replaying_gives_the_row(town, created.id);
    });
}

#[test]
fn a_service_that_needs_a_photo_takes_none_without_from_page_or_app() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let file = stored(&store, 1);
    in_town(|town| {
        let bare = |channel| NewRequest { channel, ..town.new_request("dumping") };
        for channel in [Channel::Web, Channel::App] {
            let refused = town.create(at(FRIDAY), bare(channel));
            assert!(matches!(refused, Err(RequestError::PhotoMissing { .. })), "{channel}: {refused:?}");
        }
        // Who calls cannot bring one along.
        town.create(at(FRIDAY), bare(Channel::Phone)).unwrap();
        with_photo(town, "dumping", file.clone());
        let linked = vec!["https://pictures.example/1.jpg".to_owned()];
        town.create(at(FRIDAY), NewRequest { media_urls: linked, ..bare(Channel::App) }).unwrap();
    });
}

#[test]
fn upl_02_a_sixth_photo_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let files: Vec<StoredFile> = (0..6).map(|name| stored(&store, name)).collect();
    in_town(|town| {
        let refused =
            town.create(at(FRIDAY), NewRequest { files: files.clone(), ..town.new_request("pothole") });
        assert!(matches!(refused, Err(RequestError::File(FileError::TooManyFiles { files: 6 }))));
    });
}

#[test]
fn dur_11_only_files_that_no_request_names_are_orphans() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let files = [stored(&store, 1), stored(&store, 2)];
    in_town(|town| {
        with_photo(town, "pothole", files[0].clone());
        let store = store.clone();
        let left = town.read(move |tx, _| orphans(tx, &store, jiff::Timestamp::MAX)).unwrap();
        assert_eq!(left, [files[1].name]);
    });
}
