//! What is still taken when the disk runs low (OVL-06): first a warning, then no photos, then only what residents write.
//!
//! A report of some lines is worth more than the last photo, and a disk that is full to the brim serves nobody. Nothing
//! has to be switched back: whoever makes room is served in full from the next call on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Gives the free share of the fullest disk we write to, from 0 to 1; nothing when it cannot be told.
pub type FreeShare = Arc<dyn Fn() -> Option<f64> + Send + Sync>;

/// How much room there is, from most to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DiskRoom {
    /// Everything is taken.
    Plenty,
    /// Everything is taken; whoever watches should make room.
    Low,
    /// No photos.
    NoPhotos,
    /// Only what residents write.
    TextOnly,
}

const LOW: f64 = 0.10;
const NO_PHOTOS: f64 = 0.05;
const TEXT_ONLY: f64 = 0.02;

impl DiskRoom {
    fn of(free: f64) -> Self {
        match free {
            _ if free < TEXT_ONLY => DiskRoom::TextOnly,
            _ if free < NO_PHOTOS => DiskRoom::NoPhotos,
            _ if free < LOW => DiskRoom::Low,
            _ => DiskRoom::Plenty,
        }
    }

    /// For `/readyz` and the log.
    pub(crate) fn words(self) -> &'static str {
        match self {
            DiskRoom::Plenty => "disk: enough room",
            DiskRoom::Low => "disk: less than 10 % free",
            DiskRoom::NoPhotos => "disk: less than 5 % free, photos are refused",
            DiskRoom::TextOnly => "disk: less than 2 % free, only reports without photos are taken",
        }
    }
}

/// Asks the disk and tells the log when the answer changes.
pub(crate) struct Disk {
    free: Option<FreeShare>,
    last: AtomicU8,
}

impl Disk {
    pub(crate) fn new(free: Option<FreeShare>) -> Self {
        Self { free, last: AtomicU8::new(DiskRoom::Plenty as u8) }
    }

    /// How much room there is now. Asking costs a microsecond, so nothing is remembered but what was logged.
    pub(crate) fn room(&self) -> DiskRoom {
        let Some(free) = self.free.as_ref().and_then(|free| free()) else {
            return DiskRoom::Plenty;
        };
        metrics::gauge!("townline_disk_free_share").set(free);
        let room = DiskRoom::of(free);
        if self.last.swap(room as u8, Ordering::Relaxed) != room as u8 {
            tracing::warn!(free, "{}", room.words());
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ovl_06_each_stage_begins_below_its_share() {
        for (free, room) in [
            (1.0, DiskRoom::Plenty),
            (0.10, DiskRoom::Plenty),
            (0.0999, DiskRoom::Low),
            (0.05, DiskRoom::Low),
            (0.0499, DiskRoom::NoPhotos),
            (0.02, DiskRoom::NoPhotos),
            (0.0199, DiskRoom::TextOnly),
            (0.0, DiskRoom::TextOnly),
        ] {
            assert_eq!(DiskRoom::of(free), room, "{free}");
        }
    }
}
