//! The peer of durable creates: a bare service of the same shape.
//!
//! It parses the same form, makes the same kind of row durable through the same door and answers in the same shape, but
//! knows no services, questions, promises, keys, events or audit. What it is faster than us is what those cost.

use std::net::SocketAddr;

use anyhow::Context;
use axum::extract::State;
use axum::routing::post;
use axum::{Form, Json, Router};
use db::{Db, Migration, Schema, params};
use hyper::StatusCode;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The path of our own service, so that both are sent the very same bytes.
pub(crate) const PATH: &str = "/open311/v2/requests.json";

static SCHEMA: Schema = Schema {
    name: "bench_peer",
    needs: &[],
    migrations: &[Migration {
        name: "0001_peer_request",
        sql: "create table peer_request (
            jurisdiction_id text not null,
            id uuid not null,
            service_code text not null,
            latitude double precision,
            longitude double precision,
            description text,
            attributes text not null,
            requested_at timestamptz not null,
            constraint peer_request_pk primary key (jurisdiction_id, id)
        );",
    }],
};

/// Serves until the process is ended.
pub(crate) fn serve(database: &str, listen: SocketAddr) -> anyhow::Result<()> {
    // Ids need not be unguessable here.
    let db = Db::open(database, [7; 32]).context("the peer's database")?;
    db.migrate(&[&SCHEMA]).context("the peer's table")?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the async runtime")?;
    runtime.block_on(accept(listen, Router::new().route(PATH, post(create)).with_state(db)))
}

async fn accept(listen: SocketAddr, router: Router) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.context("the peer's port")?;
    println!("listening on http://{listen}");
    loop {
        let (socket, _) = listener.accept().await.context("a connection")?;
        socket.set_nodelay(true)?;
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(socket), service));
    }
}

type Fields = Vec<(String, String)>;

async fn create(State(db): State<Db>, Form(fields): Form<Fields>) -> Result<Json<Value>, StatusCode> {
    let id = db.write(move |tx| insert(tx, &fields)).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(Json(json!([{ "service_request_id": id, "service_notice": "" }])))
}

#[expect(clippy::disallowed_methods, reason = "the peer is an executable of its own")]
fn insert(tx: &mut db::Tx<'_>, fields: &Fields) -> Result<String, db::Error> {
    let field = |name: &str| fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    let number = |name| field(name).and_then(|value| value.parse::<f64>().ok());
    let attributes: Vec<&(String, String)> =
        fields.iter().filter(|(name, _)| name.starts_with("attribute[")).collect();
    let now = jiff::Timestamp::now();
    let id = tx.new_id(now);
    tx.exec_one(
        "insert into peer_request
            (jurisdiction_id, id, service_code, latitude, longitude, description, attributes, requested_at)
            values ('peer.example', $1, $2, $3, $4, $5, $6, $7)",
        params![
            id,
            field("service_code").unwrap_or_default(),
            number("lat"),
            number("long"),
            field("description"),
            json!(attributes).to_string(),
            now
        ],
    )?;
    Ok(id.to_string())
}
