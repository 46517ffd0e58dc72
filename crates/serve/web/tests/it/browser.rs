//! A browser as far as these tests need one: cookies, forms, links, redirects.

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::body::{Body, to_bytes};
use http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use tower::ServiceExt;
use web::{Front, Peer};

use crate::html;
use crate::town::PASSWORD;

/// What every browser here calls itself.
pub(crate) const AGENT: &str = "canary-browser/7.7";

#[derive(Clone)]
pub(crate) struct Browser {
    front: Front,
    host: String,
    cookies: BTreeMap<String, String>,
    pub(crate) language: Option<&'static str>,
    pub(crate) peer: IpAddr,
    /// Every address it asked for or was sent to.
    pub(crate) addresses: Vec<String>,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    /// Where it was found.
    pub(crate) path: String,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> String {
        self.headers.get(LOCATION).map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    }

    /// Fails with the page when the status is another one.
    #[track_caller]
    pub(crate) fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.path, self.text());
        self
    }
}

impl Browser {
    pub(crate) fn new(front: Front, host: &str) -> Self {
        let peer = IpAddr::from([127, 0, 0, 1]);
        Self {
            front,
            host: host.to_owned(),
            cookies: BTreeMap::new(),
            language: None,
            peer,
            addresses: Vec::new(),
        }
    }

    /// Sends anything.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.entry(HOST).or_insert(self.host.parse().unwrap());
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.insert(COOKIE, pairs.join("; ").parse().unwrap());
        }
        if let Some(language) = self.language {
            headers.insert("accept-language", language.parse().unwrap());
        }
        request.extensions_mut().insert(Peer(self.peer));
        let path = request.uri().to_string();
        let response = self.front.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // An answer that goes on for as long as somebody listens has no end to wait for.
        let goes_on = parts
            .headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let body = if goes_on { Body::empty() } else { body };
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        self.keep_cookies(&parts.headers);
        self.addresses.push(path.clone());
        let answer = Answer { status: parts.status, headers: parts.headers, bytes, path };
        self.addresses.push(answer.location());
        answer
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Loads a page, without following.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Loads a page that must be there.
    pub(crate) async fn page(&mut self, path: &str) -> Answer {
        let page = self.get(path).await.expect(StatusCode::OK);
        html::check(&page.text());
        page
    }

    /// Sends a form as our own page would, without following.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encoded(fields);
        let request = self.unsafe_request(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub(crate) fn unsafe_request(&self, path: &str) -> http::request::Builder {
        Request::builder().method(Method::POST).uri(path).header(ORIGIN, format!("https://{}", self.host))
    }

    /// Fills in the form of a page that is sent to `action` and sends it, hidden fields and all; a hidden field that is
    /// named too is set as a script would.
    pub(crate) async fn submit(&mut self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let text = page.text();
        let hidden = html::hidden_fields(&text, action);
        let mut all: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.retain(|(name, _)| !fields.iter().any(|(set, _)| set == name));
        all.extend_from_slice(fields);
        self.post(action, &all).await
    }

    /// Sends a form with files.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const EDGE: &str = "edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        for (name, file_name, bytes) in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        let request =
            self.unsafe_request(path).header(CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Follows a redirect.
    pub(crate) async fn follow(&mut self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}\n{}", answer.path, answer.text());
        self.page(&answer.location()).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str) {
        let page = self.page("/sign-in").await;
        let answer = self.submit(&page, "/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }

    /// The token that forms of this session carry.
    pub(crate) fn form_token(&self) -> String {
        let session = self.cookie("__Host-townline-session").unwrap();
        access::sessions::SessionToken::read(session).unwrap().csrf().as_str().to_owned()
    }
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
