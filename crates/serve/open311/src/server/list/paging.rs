//! `page` and `page_size`: an extension that all servers share.

use crate::form::Params;
use crate::problem::{Problem, shortened};
use crate::server::{Call, Site};

/// The specification's own limit for one answer.
const PAGE_SIZE_MAX: u32 = 1_000;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) size: u32,
}

impl Page {
    /// Reads `page` (from 1; 0 is taken for 1) and `page_size`, for which there are two more names in use. A size
    /// over the limit is the limit.
    ///
    /// # Errors
    /// 400 for what is no whole number.
    pub(crate) fn read(params: &Params) -> Result<Page, Problem> {
        let mut size = None;
        for name in ["page_size", "per_page", "max_requests"] {
            size = size.or(whole_number(params, name)?);
        }
        let number = whole_number(params, "page")?.unwrap_or(1).max(1);
        Ok(Page { number, size: size.unwrap_or(PAGE_SIZE_MAX).clamp(1, PAGE_SIZE_MAX) })
    }

    /// How many entries come before this page.
    pub(crate) fn offset(self) -> i64 {
        i64::from(self.number - 1) * i64::from(self.size)
    }

    /// Where the neighbouring pages are. There is no total: counting would cost more than the page.
    pub(crate) fn headers(self, site: &Site, call: &Call, more: bool) -> Vec<(&'static str, String)> {
        let extension = call.format.extension();
        let query = call.params.query_without("page");
        let address = |number: u32| {
            let joint = if query.is_empty() { "" } else { "&" };
            format!("{}/requests.{extension}?{query}{joint}page={number}", site.base_url)
        };
        let mut links = Vec::new();
        if self.number > 1 {
            links.push(format!("<{}>; rel=\"prev\"", address(self.number - 1)));
        }
        if more {
            links.push(format!("<{}>; rel=\"next\"", address(self.number.saturating_add(1))));
        }
        let mut headers = vec![("x-page-size", self.size.to_string())];
        if !links.is_empty() {
            headers.push(("link", links.join(", ")));
        }
        headers
    }
}

/// Numbers too large to hold are as good as the largest.
fn whole_number(params: &Params, name: &str) -> Result<Option<u32>, Problem> {
    let Some(text) = params.text(name)? else { return Ok(None) };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::bad(name, &format!("not a whole number: {}", shortened(text))));
    }
    Ok(Some(text.parse().unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<(u32, u32), u16> {
        let page = Page::read(&Params::from_query(query).unwrap());
        page.map(|page| (page.number, page.size)).map_err(|problem| problem.status)
    }

    #[test]
    fn pages_count_from_one_and_are_never_larger_than_a_thousand() {
        assert_eq!(read(""), Ok((1, 1000)));
        assert_eq!(read("page=0&page_size=50"), Ok((1, 50)));
        assert_eq!(read("page=3&per_page=5000"), Ok((3, 1000)));
        assert_eq!(read("max_requests=1"), Ok((1, 1)));
        assert_eq!(read("page_size=0"), Ok((1, 1)));
        assert_eq!(read("page=99999999999999999999"), Ok((u32::MAX, 1000)));
    }

    #[test]
    fn what_is_no_whole_number_is_refused() {
        for query in ["page=-1", "page=one", "page_size=1.5", "page_size=1e3"] {
            assert_eq!(read(query), Err(400), "{query}");
        }
    }
}
