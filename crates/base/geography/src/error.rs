//! What can be wrong with a place or with a file of borders.

/// Why a place or a border was refused. Features are counted as in the file, from zero: `features[0]` is the
/// first.
#[derive(Debug, thiserror::Error)]
pub enum GeographyError {
    /// A latitude that is no number, or lies beyond a pole.
    #[error("latitude {latitude} is not between -90 and 90 degrees")]
    LatitudeOutOfRange {
        /// The refused value.
        latitude: f64,
    },
    /// A longitude that is no number, or lies beyond the 180th meridian.
    #[error("longitude {longitude} is not between -180 and 180 degrees")]
    LongitudeOutOfRange {
        /// The refused value.
        longitude: f64,
    },
    /// A distance that is negative, infinite or no number.
    #[error("{distance_m} m is not a distance")]
    NotADistance {
        /// The refused value.
        distance_m: f64,
    },
    /// The two corners of a bounding box in the wrong order.
    #[error("a box must have its south-west corner first, then its north-east corner")]
    CornersOutOfOrder,
    /// Text longer than [`MAX_BYTES`](crate::MAX_BYTES).
    #[error("{bytes} bytes of GeoJSON are more than the {limit} that are read")]
    TooLarge {
        /// Length of the text.
        bytes: usize,
        /// The longest text that is read.
        limit: usize,
    },
    /// More corners in all than [`MAX_POSITIONS`](crate::MAX_POSITIONS).
    #[error("the borders have more than the {limit} corners that are read")]
    TooManyPositions {
        /// The most that are read.
        limit: usize,
    },
    /// Geometry collections inside geometry collections, deeper than anybody needs.
    #[error("features[{feature}] nests geometry collections too deeply")]
    TooDeep {
        /// Which feature.
        feature: usize,
    },
    /// The text as a whole is not JSON, or is JSON without a `type`.
    #[error("the text is not GeoJSON")]
    NotGeoJson(#[source] serde_json::Error),
    /// One feature or its coordinates cannot be read.
    #[error("features[{feature}] is not readable")]
    UnreadableFeature {
        /// Which feature.
        feature: usize,
        /// What the reader met, with line and column inside that feature.
        source: serde_json::Error,
    },
    /// A `type` that GeoJSON does not have.
    #[error("features[{feature}] has the type `{found}`, which GeoJSON does not have")]
    UnknownType {
        /// Which feature.
        feature: usize,
        /// What it calls itself.
        found: String,
    },
    /// Coordinates that cannot be degrees: usually the file is in a projected system such as state plane
    /// feet.
    #[error(
        "features[{feature}] has the position {x}, {y}, which is not longitude, latitude in WGS84 degrees"
    )]
    NotDegrees {
        /// Which feature.
        feature: usize,
        /// First number of the position.
        x: f64,
        /// Second number of the position.
        y: f64,
    },
    /// No feature of the file has the property that should hold the district's code.
    #[error("no feature has the property `{field}`; there are: {}", available.join(", "))]
    NoSuchField {
        /// The property asked for.
        field: String,
        /// The properties of the first features, sorted.
        available: Vec<String>,
    },
    /// A feature whose code is missing, empty, overlong, or neither text nor number.
    #[error("features[{feature}] has no usable code in `{field}`")]
    NoCode {
        /// Which feature.
        feature: usize,
        /// The property asked for.
        field: String,
    },
    /// A feature in which nothing is drawn.
    #[error("features[{feature}] has no geometry")]
    NoGeometry {
        /// Which feature.
        feature: usize,
    },
    /// Nothing in the text encloses any land.
    #[error("the GeoJSON holds no polygon that encloses anything")]
    NoArea,
}
