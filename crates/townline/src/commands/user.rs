//! `townline user`: people who sign in, and the links with which they set their passwords.

use std::io::Read;

use access::password_links::{self, Invited, NewLink};
use access::passwords::{About, Hashing, Password};
use access::people::{self, NewPerson};
use access::{Email, JurisdictionId, Role};
use anyhow::Context;
use catalog::jurisdictions;
use clap::Subcommand;
use db::Db;

use super::{BadInput, DatabaseArgument, refusal};
use crate::settings::DEFAULT_LISTEN;
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
    /// Adds somebody who sets their own password, and prints the link for that, alone, on standard output. It works
    /// once, within 72 hours, and cannot be shown again.
    #[command(
        after_help = "Example: townline user invite ana@springfield.example --jurisdiction springfield.example --role agent"
    )]
    Invite {
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
        site: SiteArgument,
        #[command(flatten)]
        database: DatabaseArgument,
    },
    /// Prints a link, alone, on standard output with which somebody sets a new password; for somebody invited who has
    /// none yet, another invitation. It works once, within 60 minutes (an invitation: 72 hours).
    #[command(
        after_help = "Example: townline user reset ana@springfield.example --jurisdiction springfield.example"
    )]
    Reset {
        /// The address they sign in with.
        email: Email,
        /// Where they work.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        #[command(flatten)]
        site: SiteArgument,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

/// What stands before the path of a printed link.
#[derive(Debug, clap::Args)]
pub struct SiteArgument {
    /// The address at which people reach this service.
    #[arg(long, env = "TOWNLINE_PUBLIC_URL", default_value_t = format!("http://{DEFAULT_LISTEN}"), value_name = "URL")]
    public_url: String,
}

impl SiteArgument {
    fn print(&self, jurisdiction: &JurisdictionId, link: &NewLink) {
        let (site, purpose) = (self.public_url.trim_end_matches('/'), link.purpose.as_str());
        println!("{site}/j/{jurisdiction}/password/{purpose}/{}", link.token.reveal());
    }
}

impl User {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            User::Add { email, jurisdiction, role, name, database } => {
                let name = name.unwrap_or_else(|| email.to_string());
                add(&database, jurisdiction, &email, name, role)
            }
            User::Invite { email, jurisdiction, role: roles, name, site, database } => {
                let name = name.unwrap_or_else(|| email.to_string());
                let db = database.open()?;
                must_be_served(&db, &jurisdiction)?;
                let new = Invited { jurisdiction: jurisdiction.clone(), email, name, roles };
                let made = db.write_now(move |tx| password_links::invite(tx, now(), &operator(), &new));
                site.print(&jurisdiction, &made.map_err(refusal)?);
                Ok(())
            }
            User::Reset { email, jurisdiction, site, database } => {
                let db = database.open()?;
                must_be_served(&db, &jurisdiction)?;
                let home = jurisdiction.clone();
                let person = db.read_now(move |tx| people::find_by_email(tx, &home, &email))?;
                let person =
                    person.ok_or_else(|| BadInput("nobody signs in with this address".to_owned()))?;
                let home = jurisdiction.clone();
                let made =
                    db.write_now(move |tx| password_links::make(tx, now(), &operator(), &home, person.id));
                site.print(&jurisdiction, &made.map_err(refusal)?);
                Ok(())
            }
        }
    }
}

fn add(
    database: &DatabaseArgument,
    jurisdiction: JurisdictionId,
    email: &Email,
    name: String,
    roles: Vec<Role>,
) -> anyhow::Result<()> {
    let db = database.open()?;
    let place = must_be_served(&db, &jurisdiction)?;
    let about = About { jurisdiction: &jurisdiction, jurisdiction_name: &place, name: &name, email };
    let password = Password::new(&typed_password()?, &about).map_err(|e| BadInput(e.to_string()))?;
    let salt = db.read_now(|tx| Ok::<_, db::Error>(tx.random()))?;
    let password = Hashing::STANDARD.hash(&password, salt);
    let new = NewPerson { jurisdiction, email: email.clone(), name, password, roles };
    db.write_now(move |tx| people::add(tx, now(), &operator(), &new)).map_err(refusal)?;
    println!("{email} can sign in");
    Ok(())
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
