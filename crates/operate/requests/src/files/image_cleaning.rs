//! Turning somebody's file into a picture of ours.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use super::{FILE_BYTES_MAX, FileError, PIXELS_MAX, SIDE_PIXELS_MAX};

/// Most memory that decoding one picture may take (UPL-02).
const DECODE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Good enough to read a number plate on a dumped car, a quarter of what cameras write.
const JPEG_QUALITY: u8 = 85;

/// The two kinds of file that we keep and serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaType {
    /// Photographs.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Pictures with transparent parts.
    #[serde(rename = "image/png")]
    Png,
}

/// A picture that holds nothing but pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanImage {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// How it is encoded.
    pub media_type: MediaType,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
}

/// Makes a clean picture of a file, or says why not. The name and type that came with it play no part.
///
/// Takes up to half a second of computing for the largest pictures: run it on a bounded pool.
///
/// # Errors
/// [`FileError`], without having decoded anything too large.
pub fn inspect(bytes: &[u8]) -> Result<CleanImage, FileError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(FileError::TooManyBytes { bytes: bytes.len() });
    }
    let upright = decode(bytes, sniff(bytes)?)?;
    encode(&upright)
}

fn sniff(bytes: &[u8]) -> Result<ImageFormat, FileError> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        _ => Err(FileError::NotAPicture),
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, FileError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(FileError::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width.max(height) > SIDE_PIXELS_MAX {
        return Err(FileError::TooManyPixels { width, height });
    }
    // A picture without a legible orientation is shown as it lies.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(FileError::Damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Width and height are left to the check above, whose refusal names them.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    limits
}

fn encode(picture: &DynamicImage) -> Result<CleanImage, FileError> {
    let mut bytes = Vec::new();
    let media_type = if shows_through(picture) {
        // Transparency is rare and such pictures are small drawings: speed matters more than the last percent.
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
        picture.to_rgba8().write_with_encoder(encoder).map_err(FileError::Damaged)?;
        MediaType::Png
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        picture.to_rgb8().write_with_encoder(encoder).map_err(FileError::Damaged)?;
        MediaType::Jpeg
    };
    Ok(CleanImage { bytes, media_type, width: picture.width(), height: picture.height() })
}

fn shows_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] != u8::MAX)
}

impl MediaType {
    /// The content type to serve it with.
    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
        }
    }
}

impl std::str::FromStr for MediaType {
    type Err = FileError;

    fn from_str(text: &str) -> Result<Self, FileError> {
        [MediaType::Jpeg, MediaType::Png]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(FileError::NotAPicture)
    }
}

db::text_type!(MediaType, "the type of a picture");

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};
    use proptest::prelude::*;

    use super::*;

    /// Left half red, right half blue, 40 by 20.
    fn two_halves() -> RgbImage {
        RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([220, 10, 10]) } else { Rgb([10, 10, 220]) })
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF block that says "turn a quarter" and names a place and a device.
    fn photo_with_metadata() -> Vec<u8> {
        let jpeg = encoded(&two_halves().into(), ImageFormat::Jpeg);
        // TIFF header, one directory with two entries: Make (0x010f) and Orientation (0x0112) = 6.
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        exif.extend(b"\x01\x0f\0\x02\0\0\0\x10\0\0\0\x26");
        exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        exif.extend(b"\0\0\0\0CANARY-42.35,-71");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn upl_03_a_photo_comes_out_upright_and_without_metadata() {
        let photo = photo_with_metadata();
        assert!(photo.windows(6).any(|w| w == b"CANARY"));
        let clean = inspect(&photo).unwrap();
        assert_eq!((clean.width, clean.height, clean.media_type), (20, 40, MediaType::Jpeg));
        assert!(!clean.bytes.windows(6).any(|w| w == b"CANARY" || w == b"Exif\0\0"));
        // Turned clockwise, what was left is now on top.
        let shown = image::load_from_memory(&clean.bytes).unwrap().to_rgb8();
        assert!(shown.get_pixel(10, 5).0[0] > 150 && shown.get_pixel(10, 35).0[2] > 150);
    }

    #[test]
    fn upl_01_the_leading_bytes_decide_not_the_name() {
        let corpus: [&[u8]; 7] = [
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html><script>1</script>",
            b"PK\x03\x04zip",
            b"%PDF-1.7",
            b"GIF89a\x01\0\x01\0\0\0\0;",
            b"BM\0\0\0\0",
            b"",
        ];
        for bytes in corpus {
            assert!(matches!(inspect(bytes), Err(FileError::NotAPicture)), "{bytes:?}");
        }
    }

    #[test]
    fn upl_01_what_is_hidden_behind_a_picture_does_not_survive() {
        let mut polyglot = encoded(&two_halves().into(), ImageFormat::Png);
        polyglot.extend(b"PK\x03\x04<script>alert(1)</script>");
        let clean = inspect(&polyglot).unwrap();
        assert!(!clean.bytes.windows(8).any(|w| w == b"<script>"));
    }

    #[test]
    fn upl_02_a_header_that_claims_a_giant_picture_is_refused_before_decoding() {
        let mut bomb = encoded(&two_halves().into(), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let crc = crc_of(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert!(matches!(inspect(&bomb), Err(FileError::TooManyPixels { width: 60_000, height: 60_000 })));
    }

    /// The checksum of PNG chunks, bit by bit.
    fn crc_of(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
        })
    }

    #[test]
    fn only_pictures_that_show_through_stay_png() {
        let solid = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 255]));
        let glass = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 100]));
        let kind =
            |picture: RgbaImage, format| inspect(&encoded(&picture.into(), format)).unwrap().media_type;
        assert_eq!(kind(solid, ImageFormat::WebP), MediaType::Jpeg);
        assert_eq!(kind(glass, ImageFormat::Png), MediaType::Png);
    }

    #[test]
    fn a_truncated_photo_is_refused_or_whole_but_never_a_panic() {
        let photo = photo_with_metadata();
        for length in 0..photo.len() {
            let _ = inspect(&photo[..length]);
        }
    }

    proptest! {
        #[test]
        fn inp_09_no_bytes_make_the_decoders_panic(junk in proptest::collection::vec(any::<u8>(), 0..400), kind in 0_usize..3) {
            let magic: [&[u8]; 3] = [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "];
            let _ = inspect(&[magic[kind], &junk].concat());
        }
    }
}
