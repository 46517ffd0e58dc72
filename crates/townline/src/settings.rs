//! How `townline serve` is set up: defaults, then the file, then `TOWNLINE_*` variables, then flags.
//!
//! A setting that is not known is refused by name, wherever it stands, so that a typing mistake never
//! runs unnoticed.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// Every variable begins so; the rest is the setting's name in capitals.
const PREFIX: &str = "TOWNLINE_";

/// The database used when nothing else is said: a file in the current folder.
pub const DEFAULT_DATABASE: &str = "sqlite:townline.db";

/// The address served when nothing else is said.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:3110";

/// Where the ends of the audit chains are noted when nothing else is said.
pub const DEFAULT_CHECKPOINTS: &str = "townline-checkpoints";

/// The file with the installation's key when nothing else is said.
pub const DEFAULT_KEY: &str = "townline.key";

/// The settings of a server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the records are: `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Address and port to listen on.
    pub listen: String,
    /// Folder for photos; made when missing.
    pub files: PathBuf,
    /// Folder outside the database for signed notes of where the audit chains end; made when missing.
    pub checkpoints: PathBuf,
    /// File with the key that signs them and seals secrets; made when missing, the same on every node.
    pub key: PathBuf,
    /// The jurisdiction shown where neither host name nor `/j/{id}` says which.
    pub jurisdiction: Option<String>,
    /// Addresses of reverse proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<String>,
    /// The public address of the service, such as `https://311.springfield.example`, for links in receipts.
    pub public_url: Option<String>,
    /// Connections open at once.
    pub connections: usize,
    /// `error`, `warn`, `info`, `debug`, or a filter such as `web=debug,info`.
    pub log: String,
    /// One JSON object a line instead of plain lines.
    pub log_json: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: DEFAULT_DATABASE.to_owned(),
            listen: DEFAULT_LISTEN.to_owned(),
            files: "townline-files".into(),
            checkpoints: DEFAULT_CHECKPOINTS.into(),
            key: DEFAULT_KEY.into(),
            jurisdiction: None,
            trusted_proxies: Vec::new(),
            public_url: None,
            connections: 4096,
            log: "info".to_owned(),
            log_json: true,
        }
    }
}

impl Settings {
    /// Reads the file, if one is named, and then the variables of the environment.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> anyhow::Result<Self> {
        let mut table = match file {
            Some(path) => from_file(path)?,
            None => toml::Table::new(),
        };
        for (name, value) in environment {
            if let Some(setting) = name.strip_prefix(PREFIX) {
                let setting = setting.to_lowercase();
                let value = typed(&setting, &value).with_context(|| format!("the variable {name}"))?;
                table.insert(setting, value);
            }
        }
        table.try_into().context("a setting is wrong")
    }
}

fn from_file(path: &Path) -> anyhow::Result<toml::Table> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("the settings file {}", path.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("the settings file {}", path.display()))?;
    // Checked alone first, so that an error names the file and its line.
    toml::from_str::<Settings>(&text).with_context(|| format!("the settings file {}", path.display()))?;
    Ok(table)
}

/// A variable's text in the type that its setting has.
fn typed(setting: &str, value: &str) -> anyhow::Result<toml::Value> {
    Ok(match setting {
        "connections" => toml::Value::Integer(value.parse().context("not a whole number")?),
        "log_json" => toml::Value::Boolean(value.parse().context("neither true nor false")?),
        "trusted_proxies" => toml::Value::Array(
            value.split(',').map(|one| toml::Value::String(one.trim().to_owned())).collect(),
        ),
        "database" | "listen" | "files" | "checkpoints" | "key" | "jurisdiction" | "public_url" | "log" => {
            toml::Value::String(value.to_owned())
        }
        _ => bail!("is no setting of townline; see the settings page of the book"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: Option<&str>, variables: &[(&str, &str)]) -> anyhow::Result<Settings> {
        let folder = tempfile::tempdir().unwrap();
        let path = file.map(|text| {
            let path = folder.path().join("townline.toml");
            std::fs::write(&path, text).unwrap();
            path
        });
        Settings::read(path.as_deref(), variables.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn variables_win_over_the_file_and_the_file_over_the_defaults() {
        let settings = read(
            Some("listen = \"127.0.0.1:80\"\nconnections = 10"),
            &[
                ("TOWNLINE_CONNECTIONS", "20"),
                ("TOWNLINE_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
                ("HOME", "/x"),
            ],
        )
        .unwrap();
        assert_eq!((settings.listen.as_str(), settings.connections), ("127.0.0.1:80", 20));
        assert_eq!(settings.trusted_proxies, ["10.0.0.1", "10.0.0.2"]);
        assert_eq!(settings.database, DEFAULT_DATABASE);
    }

    #[test]
    fn cfg_03_an_unknown_setting_is_refused_by_name_in_the_file_and_in_the_environment() {
        let in_file = read(Some("\nlisten_on = \"x\""), &[]).unwrap_err();
        assert!(format!("{in_file:#}").contains("listen_on"), "{in_file:#}");
        let in_environment = read(None, &[("TOWNLINE_LISTNE", "x")]).unwrap_err();
        assert!(format!("{in_environment:#}").contains("TOWNLINE_LISTNE"), "{in_environment:#}");
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused_with_its_name() {
        let error = read(None, &[("TOWNLINE_CONNECTIONS", "many")]).unwrap_err();
        assert!(format!("{error:#}").contains("TOWNLINE_CONNECTIONS"), "{error:#}");
    }

    #[test]
    fn every_setting_can_be_given_as_a_variable() {
        let all = [
            ("TOWNLINE_DATABASE", "sqlite:a.db"),
            ("TOWNLINE_LISTEN", "127.0.0.1:1"),
            ("TOWNLINE_FILES", "f"),
            ("TOWNLINE_CHECKPOINTS", "c"),
            ("TOWNLINE_KEY", "k"),
            ("TOWNLINE_JURISDICTION", "x.example"),
            ("TOWNLINE_TRUSTED_PROXIES", "127.0.0.1"),
            ("TOWNLINE_PUBLIC_URL", "https://x.example"),
            ("TOWNLINE_CONNECTIONS", "1"),
            ("TOWNLINE_LOG", "debug"),
            ("TOWNLINE_LOG_JSON", "false"),
        ];
        let settings = read(None, &all).unwrap();
        let expected = Settings {
            database: "sqlite:a.db".into(),
            listen: "127.0.0.1:1".into(),
            files: "f".into(),
            checkpoints: "c".into(),
            key: "k".into(),
            jurisdiction: Some("x.example".into()),
            trusted_proxies: vec!["127.0.0.1".into()],
            public_url: Some("https://x.example".into()),
            connections: 1,
            log: "debug".into(),
            log_json: false,
        };
        assert_eq!(settings, expected);
    }
}
