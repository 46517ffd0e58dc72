//! Rows for spreadsheets, in which no cell can be a formula (OUT-02).

use std::borrow::Cow;

/// The cell as it is, or with an apostrophe before it where a spreadsheet would take it for a formula.
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let is_number = cell.parse::<f64>().is_ok();
    if is_formula && !is_number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// One line of CSV (RFC 4180) of safe cells.
pub(crate) fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| format!("\"{}\"", safe_cell(cell).replace('"', "\"\""));
    let mut line = cells.into_iter().map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_02_a_cell_is_never_a_formula() {
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("-71.0587", "-71.0587"),
            ("Elm St", "Elm St"),
        ] {
            assert_eq!(safe_cell(cell), written);
        }
    }

    #[test]
    fn commas_quotes_and_line_ends_stay_inside_their_cell() {
        assert_eq!(line(["a,b", "say \"x\"", "1\n2"]), "\"a,b\",\"say \"\"x\"\"\",\"1\n2\"\r\n");
    }
}
