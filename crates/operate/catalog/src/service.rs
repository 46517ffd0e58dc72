//! Something that can be asked for.

use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::department::{DepartmentId, TeamId};
use crate::flaw::{Flaw, Wrong};
use crate::question::{Question, QuestionDraft, UnknownWord, check_questions};
use crate::stopper::Stopper;
use crate::text::{Keywords, Text};
use crate::words::{
    check_code, check_key, check_keywords, check_name, check_optional_name, check_optional_prose,
};

db::uuid_type!(
    /// Names one service of one jurisdiction.
    pub struct ServiceId
);

const ROUTES_MAX: usize = 1_000;

/// From two addresses side by side to a whole district, in metres.
const DUPLICATE_RADIUS_M: RangeInclusive<i64> = 5..=5_000;

/// A service as residents and staff see it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The service's id.
    pub id: ServiceId,
    /// Open311 `service_code`; unique in the jurisdiction and never changed.
    pub code: String,
    /// What it is called.
    pub name: Text,
    /// What it is for; may be empty.
    pub description: Text,
    /// The heading under which it is listed; may be empty.
    pub group: Text,
    /// Other words people search it by.
    pub keywords: Keywords,
    /// Name of the icon shown beside it, if any.
    pub icon: Option<String>,
    /// How much of its requests the public may see.
    pub public: PublicLevel,
    /// What Open311 clients get back on creating a request.
    pub kind: ServiceKind,
    /// Whether a photo is asked for.
    pub photo: Photo,
    /// The department that answers for it.
    pub department: DepartmentId,
    /// The team that gets its requests where no route applies.
    pub team: Option<TeamId>,
    /// Teams by district; the first that fits the place wins.
    pub routes: Vec<Route>,
    /// Code of the calendar its targets run on, where it differs from the department's.
    pub calendar: Option<String>,
    /// How far apart two reports may be and still be about the same thing, in metres; a block's length when `None`.
    pub duplicate_radius_m: Option<i64>,
    /// Why requests for it are not taken here at all, if so.
    pub stopper: Option<Stopper>,
    /// False when it is no longer offered.
    pub active: bool,
    /// What it asks, in order.
    pub questions: Vec<Question>,
}

/// A service as an editor or a file proposes it; departments, teams and calendars are named by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceDraft {
    /// See [`Service::code`].
    pub code: String,
    /// See [`Service::name`].
    pub name: Text,
    /// See [`Service::description`].
    pub description: Text,
    /// See [`Service::group`].
    pub group: Text,
    /// See [`Service::keywords`].
    pub keywords: Keywords,
    /// See [`Service::icon`].
    pub icon: Option<String>,
    /// See [`Service::public`].
    pub public: PublicLevel,
    /// See [`Service::kind`].
    pub kind: ServiceKind,
    /// See [`Service::photo`].
    pub photo: Photo,
    /// Code of the department.
    pub department: String,
    /// Code of the default team.
    pub team: Option<String>,
    /// Teams by district.
    pub routes: Vec<RouteDraft>,
    /// See [`Service::calendar`].
    pub calendar: Option<String>,
    /// See [`Service::duplicate_radius_m`].
    pub duplicate_radius_m: Option<i64>,
    /// See [`Service::stopper`].
    pub stopper: Option<Stopper>,
    /// See [`Service::active`].
    pub active: bool,
    /// See [`Service::questions`].
    pub questions: Vec<QuestionDraft>,
}

/// In this district the work goes to this team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Kind of district: `ward`, `police-district`…
    pub kind: String,
    /// Code of the district.
    pub code: String,
    /// The team that works there.
    pub team: TeamId,
}

/// A route whose team is named by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteDraft {
    /// See [`Route::kind`].
    pub kind: String,
    /// See [`Route::code`].
    pub code: String,
    /// Code of the team.
    pub team: String,
}

/// How much of a service's requests the public may see. New services are hidden, because a mistake in this
/// direction harms nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum PublicLevel {
    /// Nothing, not even that there is one.
    #[default]
    Hidden,
    /// That there is one: service, place and status, but no words and no photos.
    Summary,
    /// Also the description and released photos.
    Full,
}

/// What Open311 clients get back on creating a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ServiceKind {
    /// The number of the request, at once.
    #[default]
    Realtime,
    /// A token that becomes a number later.
    Batch,
    /// Neither; the request cannot be followed.
    Blackbox,
}

/// Whether a photo is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Photo {
    /// No place for one on the form.
    NotAsked,
    /// One may be added.
    #[default]
    Welcome,
    /// Work cannot be planned without one.
    Required,
}

macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),* $(,)? }) => {
        impl $name {
            /// Every one of them, in the order in which an editor offers them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word used in files, columns and addresses.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                let known = || Self::ALL.iter().map(|one| one.as_str()).collect();
                let found = Self::ALL.iter().copied().find(|one| one.as_str() == word);
                found.ok_or_else(|| UnknownWord { word: word.to_owned(), known: known() })
            }
        }

        db::text_type!($name, "one of our words");
    };
}

words!(PublicLevel { Hidden => "hidden", Summary => "summary", Full => "full" });
words!(ServiceKind { Realtime => "realtime", Batch => "batch", Blackbox => "blackbox" });
words!(Photo { NotAsked => "not-asked", Welcome => "welcome", Required => "required" });

impl Service {
    /// True when Open311 clients must fetch the definition before they can make a request.
    pub fn has_questions(&self) -> bool {
        !self.questions.is_empty()
    }

    /// True when a resident can make a request for it here and now.
    pub fn is_offered(&self) -> bool {
        self.active && self.stopper.is_none()
    }

    /// The question with this code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }
}

impl ServiceDraft {
    /// A new service with nothing but what it must have: hidden, active, without questions.
    pub fn new(code: impl Into<String>, name: Text, department: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name,
            description: Text::nothing(),
            group: Text::nothing(),
            keywords: Keywords::nothing(),
            icon: None,
            public: PublicLevel::default(),
            kind: ServiceKind::default(),
            photo: Photo::default(),
            department: department.into(),
            team: None,
            routes: Vec::new(),
            calendar: None,
            duplicate_radius_m: None,
            stopper: None,
            active: true,
            questions: Vec::new(),
        }
    }

    /// Checks everything that can be checked without the rest of the catalog.
    ///
    /// # Errors
    /// The first flaw, with its field.
    pub fn check(&self) -> Result<(), Flaw> {
        check_code(&self.code).map_err(|wrong| wrong.at("code"))?;
        check_name(&self.name, "name")?;
        check_optional_prose(&self.description, "description")?;
        check_optional_name(&self.group, "group")?;
        check_keywords(&self.keywords, "keywords")?;
        if let Some(icon) = &self.icon {
            check_code(icon).map_err(|wrong| wrong.at("icon"))?;
        }
        if self.duplicate_radius_m.is_some_and(|radius_m| !DUPLICATE_RADIUS_M.contains(&radius_m)) {
            let (from, to) = (*DUPLICATE_RADIUS_M.start(), *DUPLICATE_RADIUS_M.end());
            return Err(Wrong::OutOfRange { from, to }.at("duplicate_radius_m"));
        }
        self.check_routes()?;
        self.stopper.as_ref().map_or(Ok(()), |s| s.check().map_err(|flaw| flaw.inside("stopper")))?;
        check_questions(&self.questions)
    }

    fn check_routes(&self) -> Result<(), Flaw> {
        if self.routes.len() > ROUTES_MAX {
            return Err(Wrong::TooMany { max: ROUTES_MAX }.at("routes"));
        }
        for (item, route) in self.routes.iter().enumerate() {
            let repeated = self.routes[..item].iter().any(|r| r.kind == route.kind && r.code == route.code);
            route.check(repeated).map_err(|flaw| flaw.inside_item("routes", item))?;
        }
        Ok(())
    }
}

impl RouteDraft {
    fn check(&self, repeated: bool) -> Result<(), Flaw> {
        check_code(&self.kind).map_err(|wrong| wrong.at("kind"))?;
        // District codes are the city's own and may hold blanks ("Back Bay").
        check_key(&self.code).map_err(|wrong| wrong.at("code"))?;
        if repeated {
            return Err(Wrong::Duplicate { code: self.code.clone() }.at("code"));
        }
        Ok(())
    }
}
