//! Every case of the reference, worked out elsewhere with forty digits, within its own tolerance.

use serde_json::Value;
use staffing::cases::evaluate;

fn document() -> Value {
    let text = std::fs::read_to_string(testkit::shared().join("reference/queueing.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Names of the values that differ by more than the case allows.
fn differences(name: &str, want: &Value, got: &Value, case: &Value) -> Vec<String> {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            let found = want.iter().flat_map(|(key, want)| match got.get(key) {
                Some(got) => differences(&format!("{name}.{key}"), want, got, case),
                None => vec![format!("{name}.{key} is missing")],
            });
            found.collect()
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            let pairs = want.iter().zip(got).enumerate();
            pairs
                .flat_map(|(nth, (want, got))| differences(&format!("{name}[{nth}]"), want, got, case))
                .collect()
        }
        (Value::Number(want), Value::Number(got)) if got.is_u64() => {
            if want.as_f64() == got.as_f64() {
                vec![]
            } else {
                vec![format!("{name}: {got}, not {want}")]
            }
        }
        (Value::Number(want), Value::Number(got)) => {
            let (want, got) = (want.as_f64().unwrap(), got.as_f64().unwrap());
            let tolerance =
                case["abs_tol"].as_f64().unwrap() + case["rel_tol"].as_f64().unwrap() * want.abs();
            let close = (got - want).abs() <= tolerance;
            if close { vec![] } else { vec![format!("{name}: {got:e}, not {want:e}")] }
        }
        _ if want == got => vec![],
        _ => vec![format!("{name}: {got}, not {want}")],
    }
}

#[test]
fn every_case_of_the_reference_is_within_its_tolerance() {
    let document = document();
    let cases = document["cases"].as_array().unwrap();
    assert!(cases.len() >= 72);
    let mut wrong = Vec::new();
    for case in cases {
        let (id, kind) = (case["id"].as_str().unwrap(), case["kind"].as_str().unwrap());
        match evaluate(kind, case["input"].as_object().unwrap()) {
            Ok(found) => {
                let name = format!("{id} {kind}");
                wrong.extend(differences(&name, &case["expected"], &Value::Object(found.result), case));
                assert!(found.ignored.is_empty(), "{id} {:?}", found.ignored);
            }
            Err(error) => wrong.push(format!("{id} {kind}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
