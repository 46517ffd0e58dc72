//! `townline user`: people who sign in.

use std::io::Read;

use access::passwords::{About, Hashing, Password};
use access::people::{self, NewPerson};
use access::{AccessError, Email, JurisdictionId, Role};
use anyhow::Context;
use catalog::jurisdictions;
use clap::Subcommand;
use db::Db;

use super::{BadInput, DatabaseArgument};
use crate::wiring::{now, operator};

/// More than any password; protects against a file given by mistake.
const INPUT_BYTES_MAX: u64 = 4096;

#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds somebody; the password is read from standard input.
    #[command(
        after_help = "Example: townline user add ana@springfield.example --jurisdiction springfield.example --role agent < password.txt"
    )]
    Add {
        /// The address to sign in with.
        email: Email,
        /// Where they work.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        /// What they are employed to do; may be given several times.
        #[arg(long, required = true)]
        role: Vec<Role>,
        /// What colleagues call them; the address when left out.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

impl User {
    pub fn run(self) -> anyhow::Result<()> {
        let User::Add { email, jurisdiction, role: roles, name, database } = self;
        let name = name.unwrap_or_else(|| email.to_string());
        let db = database.open()?;
        let place = must_be_served(&db, &jurisdiction)?;
        let about =
            About { jurisdiction: &jurisdiction, jurisdiction_name: &place, name: &name, email: &email };
        let password = Password::new(&typed_password()?, &about).map_err(|e| BadInput(e.to_string()))?;
        let salt = db.read_now(|tx| Ok::<_, db::Error>(tx.random()))?;
        let password = Hashing::STANDARD.hash(&password, salt);
        let new = NewPerson { jurisdiction, email: email.clone(), name, password, roles };
        match db.write_now(move |tx| people::add(tx, now(), &operator(), &new)) {
            Ok(_) => println!("{email} can sign in"),
            Err(AccessError::Store(error)) => return Err(error.into()),
            Err(refused) => return Err(BadInput(refused.to_string()).into()),
        }
        Ok(())
    }
}

/// The name of a jurisdiction that is served; bad input when it is not.
pub fn must_be_served(db: &Db, id: &JurisdictionId) -> anyhow::Result<String> {
    let wanted = id.clone();
    let found = db.read_now(move |tx| jurisdictions::find(tx, &wanted))?;
    let found = found.ok_or_else(|| {
        BadInput(format!(
            "{id} is not served here; `townline jurisdiction add {id} --name … --zone …` begins it"
        ))
    })?;
    Ok(found.name.in_language(found.default_language()).to_owned())
}

/// Standard input without the line end that pipes and terminals add.
fn typed_password() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(INPUT_BYTES_MAX)
        .read_to_string(&mut text)
        .context("the password on standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
