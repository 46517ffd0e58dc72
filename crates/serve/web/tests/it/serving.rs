//! OVL-01 and OVL-10: the accept loop on a real socket, with limits short enough to be met in a test.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::{ConnectionLimits, Drained, Front};

use crate::town::{Town, in_town};

const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(20);

fn limits() -> ConnectionLimits {
    ConnectionLimits { head_within: LONG, idle_within: LONG, ..ConnectionLimits::default() }
}

/// A server that runs until it is asked to stop.
struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Drained>,
}

async fn serve(front: &Front, limits: ConnectionLimits) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let front = front.clone();
    let until = async {
        stopped.await.unwrap();
    };
    Server { address, stop, ended: tokio::spawn(web::serve(listener, front, limits, until)) }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn stop(self) -> Drained {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap()
    }
}

/// Everything until the server hangs up.
async fn rest_of(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is a hang-up too.
    let _ = tokio::time::timeout(LONG, socket.read_to_end(&mut bytes)).await.expect("the server hangs up");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer on a connection that stays open.
async fn ask(socket: &mut TcpStream) -> String {
    socket.write_all(b"GET /healthz HTTP/1.1\r\nHost: elmwood.example\r\n\r\n").await.unwrap();
    let mut buffer = [0; 4096];
    let read = socket.read(&mut buffer).await.unwrap();
    String::from_utf8_lossy(&buffer[..read]).into_owned()
}

#[test]
fn ovl_01_a_head_that_comes_too_slowly_ends_the_connection() {
    in_town(async |town: &Town<'_>| {
        let server = serve(&town.front, ConnectionLimits { head_within: SHORT, ..limits() }).await;
        for beginning in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow:"] {
            let mut slow = server.connect().await;
            slow.write_all(beginning.as_bytes()).await.unwrap();
            let begun = Instant::now();
            let answer = rest_of(&mut slow).await;
            assert!(!answer.contains("200 OK") && begun.elapsed() >= SHORT / 2, "{beginning:?}: {answer}");
        }
        // Whoever is not slow is served as ever, and a second request has its own time.
        let mut quick = server.connect().await;
        for _ in 0..2 {
            assert!(ask(&mut quick).await.starts_with("HTTP/1.1 200"));
        }
        drop(quick);
        assert_eq!(server.stop().await, Drained::Completely);
    });
}

#[test]
fn ovl_01_a_body_that_comes_drop_by_drop_ends_the_connection_and_one_that_keeps_pace_arrives() {
    in_town(async |town: &Town<'_>| {
        let body_pace = web::Pace { bytes: 1_000, within: SHORT };
        let server = serve(&town.front, ConnectionLimits { body_pace, ..limits() }).await;
        let head = |length: usize, kind: &str| {
            format!(
                "POST /report HTTP/1.1\r\nHost: elmwood.example\r\nOrigin: https://elmwood.example\r\n\
                 Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
            )
        };
        for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            let mut slow = server.connect().await;
            slow.write_all(head(20_000, kind).as_bytes()).await.unwrap();
            slow.write_all(b"address=1").await.unwrap();
            let answer = rest_of(&mut slow).await;
            assert!(answer.starts_with("HTTP/1.1 408"), "{kind}: {answer}");
        }
        // Whoever keeps the pace is heard to the end.
        let mut steady = server.connect().await;
        steady.write_all(head(20_000, "application/x-www-form-urlencoded").as_bytes()).await.unwrap();
        steady.write_all(b"address=").await.unwrap();
        for part in ["x".repeat(1_992), "x".repeat(18_000)] {
            steady.write_all(part.as_bytes()).await.unwrap();
        }
        let mut buffer = [0; 64];
        let read = steady.read(&mut buffer).await.unwrap();
        let answer = String::from_utf8_lossy(&buffer[..read]).into_owned();
        assert!(answer.starts_with("HTTP/1.1") && !answer.starts_with("HTTP/1.1 408"), "{answer}");
        drop(steady);
        server.stop().await;
    });
}

#[test]
fn ovl_01_a_connection_that_idles_is_closed() {
    in_town(async |town: &Town<'_>| {
        let server = serve(&town.front, ConnectionLimits { idle_within: SHORT, ..limits() }).await;
        let mut idle = server.connect().await;
        assert!(ask(&mut idle).await.starts_with("HTTP/1.1 200"));
        assert_eq!(rest_of(&mut idle).await, "");
        server.stop().await;
    });
}

#[test]
fn ovl_01_a_full_house_turns_the_next_one_away_and_forgets_nobody() {
    in_town(async |town: &Town<'_>| {
        let server = serve(&town.front, ConnectionLimits { total_max: 1, ..limits() }).await;
        let mut first = server.connect().await;
        assert!(ask(&mut first).await.starts_with("HTTP/1.1 200"));
        assert_eq!(rest_of(&mut server.connect().await).await, "");
        assert!(ask(&mut first).await.starts_with("HTTP/1.1 200"));
        server.stop().await;
    });
}

#[test]
fn api_08_heads_that_are_too_large_or_ambiguous_are_refused() {
    in_town(async |town: &Town<'_>| {
        let server = serve(&town.front, limits()).await;
        let many: String = (0..101).map(|index| format!("X-{index}: 1\r\n")).collect();
        let large = format!("X-Large: {}\r\n", "x".repeat(33 * 1024));
        let twice = "Content-Length: 1\r\nContent-Length: 2\r\n".to_owned();
        let broken = "X-Broken: a\0b\r\n".to_owned();
        for header in [many, large, twice, broken] {
            let mut socket = server.connect().await;
            let head = format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{header}\r\n");
            let _ = socket.write_all(head.as_bytes()).await;
            let answer = rest_of(&mut socket).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        }
        server.stop().await;
    });
}

#[test]
fn ovl_10_stopping_answers_what_has_begun_and_cuts_off_what_never_ends() {
    in_town(async |town: &Town<'_>| {
        let server = serve(&town.front, limits()).await;
        let mut waiting = server.connect().await;
        assert!(ask(&mut waiting).await.starts_with("HTTP/1.1 200"));
        let mut begun = server.connect().await;
        let head = "POST /report HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 9\r\n\r\n";
        begun.write_all(head.as_bytes()).await.unwrap();
        // The server has seen the head once it has answered a later connection.
        ask(&mut server.connect().await).await;
        let address = server.address;
        let stopping = tokio::spawn(server.stop());
        begun.write_all(b"address=1").await.unwrap();
        let answer = rest_of(&mut begun).await;
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        assert_eq!(stopping.await.unwrap(), Drained::Completely);
        assert!(TcpStream::connect(address).await.is_err(), "nobody new is let in");

        let server = serve(&town.front, ConnectionLimits { drain_within: SHORT, ..limits() }).await;
        let mut endless = server.connect().await;
        endless.write_all(head.as_bytes()).await.unwrap();
        ask(&mut server.connect().await).await;
        assert!(matches!(server.stop().await, Drained::CutOff { .. }));
    });
}
