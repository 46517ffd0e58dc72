//! Which of the governments served here a call is about.

use access::JurisdictionId;

use crate::form::Params;
use crate::problem::Problem;

/// Finds the jurisdiction from the `jurisdiction_id` of the call and from its address (host name or path), of
/// which `by_address` is what the address names. Letter case does not matter; empty means not given.
///
/// # Errors
/// 400 when several are served and none is named; 404 for one that is not served, or not at this address.
pub fn jurisdiction<'a>(
    params: &Params,
    served: &'a [JurisdictionId],
    by_address: Option<&'a JurisdictionId>,
) -> Result<&'a JurisdictionId, Problem> {
    const NAME: &str = "jurisdiction_id";
    let given = params.text(NAME)?;
    let named = |id: &&JurisdictionId| given.is_none_or(|given| id.as_str().eq_ignore_ascii_case(given));
    let not_here = || Problem::unknown(NAME, given.unwrap_or_default());
    match (by_address, served) {
        (Some(id), _) => Some(id).filter(named).ok_or_else(not_here),
        (None, [only]) => Some(only).filter(named).ok_or_else(not_here),
        (None, _) if given.is_none() => Err(Problem::missing(NAME)),
        (None, several) => several.iter().find(named).ok_or_else(not_here),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, served: &[&str], by_address: Option<&str>, expected: Result<&str, u16>) {
        let served: Vec<JurisdictionId> = served.iter().map(|id| id.parse().unwrap()).collect();
        let by_address: Option<JurisdictionId> = by_address.map(|id| id.parse().unwrap());
        let params = Params::from_query(query).unwrap();
        let found = jurisdiction(&params, &served, by_address.as_ref());
        assert_eq!(found.map(JurisdictionId::as_str).map_err(|problem| problem.status), expected, "{query}");
    }

    #[test]
    fn a_single_jurisdiction_need_not_be_named_but_may_not_be_wrong() {
        check("", &["a.gov"], None, Ok("a.gov"));
        check("jurisdiction_id=", &["a.gov"], None, Ok("a.gov"));
        check("jurisdiction_id=A.Gov", &["a.gov"], None, Ok("a.gov"));
        check("jurisdiction_id=b.gov", &["a.gov"], None, Err(404));
    }

    #[test]
    fn of_several_one_must_be_named() {
        check("", &["a.gov", "b.gov"], None, Err(400));
        check("jurisdiction_id=b.gov", &["a.gov", "b.gov"], None, Ok("b.gov"));
        check("jurisdiction_id=c.gov", &["a.gov", "b.gov"], None, Err(404));
        check("", &[], None, Err(400));
    }

    #[test]
    fn what_the_address_says_counts_as_named_and_cannot_be_contradicted() {
        check("", &["a.gov", "b.gov"], Some("b.gov"), Ok("b.gov"));
        check("jurisdiction_id=b.gov", &["a.gov", "b.gov"], Some("b.gov"), Ok("b.gov"));
        check("jurisdiction_id=a.gov", &["a.gov", "b.gov"], Some("b.gov"), Err(404));
    }
}
