//! The load generator: so many connections that are kept open, each asking again as soon as it is answered.
//!
//! It runs on the calling thread alone. A sample is the time from writing a request to the last byte of its answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::http::Answer;
use crate::process::Cpu;
use crate::statistics::Samples;

/// How long the last answers may take when the time is over.
const LAST_ANSWERS_WITHIN: Duration = Duration::from_secs(60);

/// How much load, and for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    /// Connections open at once.
    pub(crate) connections: usize,
    /// Time before samples count.
    pub(crate) warm_up: Duration,
    /// Time in which they count.
    pub(crate) measured: Duration,
    /// No more requests than this, whatever the time.
    pub(crate) answers_max: u64,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Times of the answers, without those of the warm-up.
    pub(crate) samples: Samples,
    /// Answers a second, without those of the warm-up.
    pub(crate) rate: f64,
    /// All answers, the warm-up included.
    pub(crate) answers: u64,
    /// Bytes of all answers.
    pub(crate) bytes: u64,
    /// What the generator itself used.
    pub(crate) own_cpu: Cpu,
}

/// Sends `requests` over and over, each connection beginning at a place of its own.
///
/// # Errors
/// A connection that fails, or answers that were not a success: a load that is refused measures nothing.
pub(crate) fn run(address: SocketAddr, load: Load, requests: &Arc<[Vec<u8>]>) -> anyhow::Result<Loaded> {
    ensure!(!requests.is_empty() && load.connections > 0, "a load needs requests and connections");
    let cpu_before = Cpu::of_this_thread()?;
    let (tally, counted_from) = on_this_thread(talk_on_all(address, load, requests.clone()))?;
    let own_cpu = Cpu::of_this_thread()?.since(cpu_before);
    if let Some(words) = tally.first_refusal {
        bail!("not every answer was a success ({:?}); the first: {words}", tally.by_status);
    }
    let last = tally.last.context("nothing was answered")?;
    let seconds = last.saturating_duration_since(counted_from).as_secs_f64();
    let samples = Samples::new(tally.times).context("the requests ran out before the warm-up was over")?;
    let rate = samples.count() as f64 / seconds;
    Ok(Loaded { samples, rate, answers: tally.by_status.values().sum(), bytes: tally.bytes, own_cpu })
}

/// One request on a connection of its own: status and body.
pub(crate) fn ask(address: SocketAddr, request: &[u8]) -> anyhow::Result<(u16, Vec<u8>)> {
    on_this_thread(async {
        let mut connection = Connection::open(address).await?;
        let asking = connection.ask(request);
        let answer = tokio::time::timeout(LAST_ANSWERS_WITHIN, asking).await.context("no answer came")??;
        Ok((answer.status, answer.body(&connection.received).into_owned()))
    })
}

fn on_this_thread<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the async runtime")?
        .block_on(work)
}

async fn talk_on_all(
    address: SocketAddr,
    load: Load,
    requests: Arc<[Vec<u8>]>,
) -> anyhow::Result<(Tally, Instant)> {
    let mut connections = Vec::new();
    for _ in 0..load.connections {
        connections.push(Connection::open(address).await?);
    }
    let turns = Arc::new(AtomicU64::new(load.answers_max));
    let counted_from = Instant::now() + load.warm_up;
    let apart = requests.len().div_ceil(load.connections);
    let mut talks = JoinSet::new();
    for (nth, connection) in connections.into_iter().enumerate() {
        let (requests, turns) = (requests.clone(), turns.clone());
        talks.spawn(talk(
            connection,
            requests,
            nth * apart,
            turns,
            (counted_from, counted_from + load.measured),
        ));
    }
    let within = load.warm_up + load.measured + LAST_ANSWERS_WITHIN;
    let tally =
        tokio::time::timeout(within, gather(talks)).await.context("the last answers did not come")??;
    Ok((tally, counted_from))
}

async fn gather(mut talks: JoinSet<anyhow::Result<Tally>>) -> anyhow::Result<Tally> {
    let mut all = Tally::default();
    while let Some(tally) = talks.join_next().await {
        all.add(tally.context("a connection's task ended badly")??);
    }
    Ok(all)
}

/// One connection's part: asks until the time or the turns are over.
async fn talk(
    mut connection: Connection,
    requests: Arc<[Vec<u8>]>,
    first: usize,
    turns: Arc<AtomicU64>,
    (counted_from, until): (Instant, Instant),
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for nth in first.. {
        let begin = Instant::now();
        let had_turn =
            turns.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        if begin >= until || !had_turn {
            break;
        }
        let answer = connection.ask(&requests[nth % requests.len()]).await?;
        let end = Instant::now();
        if begin >= counted_from {
            tally.times.push(end - begin);
        }
        tally.last = Some(end);
        tally.note(&answer, &connection.received);
    }
    Ok(tally)
}

#[derive(Default)]
struct Tally {
    times: Vec<Duration>,
    last: Option<Instant>,
    by_status: BTreeMap<u16, u64>,
    first_refusal: Option<String>,
    bytes: u64,
}

impl Tally {
    fn note(&mut self, answer: &Answer, received: &[u8]) {
        *self.by_status.entry(answer.status).or_default() += 1;
        self.bytes += answer.length as u64;
        if !(200..300).contains(&answer.status) && self.first_refusal.is_none() {
            let words: String = String::from_utf8_lossy(&answer.body(received)).chars().take(500).collect();
            self.first_refusal = Some(format!("{} {words}", answer.status));
        }
    }

    fn add(&mut self, other: Tally) {
        self.times.extend(other.times);
        self.last = self.last.max(other.last);
        for (status, count) in other.by_status {
            *self.by_status.entry(status).or_default() += count;
        }
        self.first_refusal = self.first_refusal.take().or(other.first_refusal);
        self.bytes += other.bytes;
    }
}

/// A socket and the bytes of its latest answer.
struct Connection {
    socket: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let socket =
            TcpStream::connect(address).await.with_context(|| format!("nobody answers on {address}"))?;
        socket.set_nodelay(true)?;
        Ok(Self { socket, received: Vec::with_capacity(16 * 1024) })
    }

    async fn ask(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.socket.write_all(request).await.context("a request could not be sent")?;
        self.received.clear();
        loop {
            let read =
                self.socket.read_buf(&mut self.received).await.context("an answer could not be read")?;
            ensure!(read > 0, "the server closed the connection within an answer");
            if let Some(answer) = Answer::read(&self.received)? {
                ensure!(answer.length == self.received.len(), "the server said more than was asked for");
                return Ok(answer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::http;

    const YES: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes";
    const NO: &str = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno";

    /// A server that gives the same answer to whatever it is asked, on two connections.
    fn server(answer: &'static str) -> (SocketAddr, thread::JoinHandle<u64>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let sockets: Vec<_> = (0..2).map(|_| listener.accept().unwrap().0).collect();
            let each =
                sockets.into_iter().map(|mut socket| thread::spawn(move || answer_all(&mut socket, answer)));
            each.collect::<Vec<_>>().into_iter().map(|one| one.join().unwrap()).sum()
        });
        (address, serving)
    }

    fn answer_all(socket: &mut std::net::TcpStream, answer: &str) -> u64 {
        let (mut asked, mut bytes) = (0, [0; 4096]);
        while socket.read(&mut bytes).is_ok_and(|read| read > 0) {
            asked += 1;
            socket.write_all(answer.as_bytes()).unwrap();
        }
        asked
    }

    fn load(answers_max: u64) -> Load {
        Load { connections: 2, warm_up: Duration::ZERO, measured: Duration::from_secs(30), answers_max }
    }

    #[test]
    fn every_answer_is_counted_and_the_largest_number_of_requests_holds() {
        let (address, serving) = server(YES);
        let loaded = run(address, load(101), &[http::get("/a"), http::get("/b")].into()).unwrap();
        assert_eq!((loaded.answers, loaded.samples.count()), (101, 101));
        assert_eq!(loaded.bytes, 101 * YES.len() as u64);
        assert_eq!(serving.join().unwrap(), 101);
    }

    #[test]
    fn a_refusal_is_an_error_in_the_words_of_the_server() {
        let (address, _) = server(NO);
        let error = run(address, load(10), &[http::get("/a")].into()).unwrap_err().to_string();
        assert!(error.contains("403 no") && error.contains("403: 10"), "{error}");
    }
}
