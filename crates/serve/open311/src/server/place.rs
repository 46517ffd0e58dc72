//! `lat` and `long`: a pair or nothing.

use geography::Point;

use crate::form::Params;
use crate::problem::{Problem, shortened};

/// The point that a call names; zero is a value.
///
/// # Errors
/// 400 for one without the other, for what is no number, and for what is off the globe.
pub(crate) fn point(params: &Params) -> Result<Option<Point>, Problem> {
    match (params.text("lat")?, params.text("long")?) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(Problem::new(400, "long required together with lat")),
        (None, Some(_)) => Err(Problem::new(400, "lat required together with long")),
        (Some(lat), Some(long)) => {
            let (lat, long) = (degrees("lat", lat, 90.0)?, degrees("long", long, 180.0)?);
            Point::new(lat, long).map(Some).map_err(|error| Problem::bad("lat/long", &error.to_string()))
        }
    }
}

/// A decimal number of degrees within its limits.
pub(crate) fn degrees(name: &str, text: &str, limit: f64) -> Result<f64, Problem> {
    let number = decimal(name, text)?;
    if (-limit..=limit).contains(&number) {
        Ok(number)
    } else {
        Err(Problem::bad(name, &format!("must lie between -{limit} and {limit}, not {}", shortened(text))))
    }
}

/// A finite decimal number; words such as `inf` and `NaN` are none.
pub(crate) fn decimal(name: &str, text: &str) -> Result<f64, Problem> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number = text.parse::<f64>().ok().filter(|number| plain && number.is_finite());
    number.ok_or_else(|| Problem::bad(name, &format!("not a decimal number: {}", shortened(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Option<(f64, f64)>, u16> {
        let point = point(&Params::from_query(query).unwrap());
        point.map(|point| point.map(|p| (p.latitude(), p.longitude()))).map_err(|problem| problem.status)
    }

    #[test]
    fn inp_05_a_position_is_a_pair_of_finite_numbers_on_the_globe() {
        assert_eq!(read("lat=42.35&long=-71.06"), Ok(Some((42.35, -71.06))));
        assert_eq!(read("lat=0&long=0"), Ok(Some((0.0, 0.0))));
        assert_eq!(read("lat=90&long=180"), Ok(Some((90.0, 180.0))));
        assert_eq!(read("lat=&long="), Ok(None));
        for bad in [
            "lat=1",
            "long=1",
            "lat=1&long=",
            "lat=90.1&long=0",
            "lat=-71&long=242",
            "lat=NaN&long=0",
            "lat=inf&long=0",
            "lat=1e999&long=0",
            "lat=42,35&long=0",
            "lat=x&long=0",
            "lat=1&lat=2&long=0",
        ] {
            assert_eq!(read(bad), Err(400), "{bad}");
        }
    }
}
