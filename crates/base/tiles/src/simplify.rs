//! Leaving out corners that nobody can see (Douglas and Peucker, 1973).

/// The line without corners that lie within the tolerance of the line without them. Its ends stay.
pub(crate) fn line(positions: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    if positions.len() < 3 {
        return positions.to_vec();
    }
    let mut kept = vec![false; positions.len()];
    let last = positions.len() - 1;
    (kept[0], kept[last]) = (true, true);
    // A list of its own instead of recursion: lines of a hundred thousand corners exist.
    let mut stretches = vec![(0, last)];
    while let Some((from, to)) = stretches.pop() {
        if let Some(middle) = farthest(positions, from, to).filter(|(distance, _)| *distance > tolerance) {
            kept[middle.1] = true;
            stretches.extend([(from, middle.1), (middle.1, to)]);
        }
    }
    positions.iter().zip(kept).filter(|(_, kept)| *kept).map(|(position, _)| *position).collect()
}

/// The ring, thinned like two lines between its first corner and the one farthest from it.
pub(crate) fn ring(positions: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(first) = positions.first().copied() else { return Vec::new() };
    let distance = |position: &[f64; 2]| f64::hypot(position[0] - first[0], position[1] - first[1]);
    let opposite =
        (0..positions.len()).max_by(|a, b| distance(&positions[*a]).total_cmp(&distance(&positions[*b])));
    let opposite = opposite.unwrap_or(0);
    let mut there = line(&positions[..=opposite], tolerance);
    let mut back = positions[opposite..].to_vec();
    back.push(first);
    let back = line(&back, tolerance);
    there.extend(&back[1..back.len() - 1]);
    there
}

fn farthest(positions: &[[f64; 2]], from: usize, to: usize) -> Option<(f64, usize)> {
    let distances =
        (from + 1..to).map(|middle| (distance(positions[middle], positions[from], positions[to]), middle));
    distances.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// From a position to the nearest place on a straight stretch.
fn distance(position: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    let along = (position[0] - a[0]) * dx + (position[1] - a[1]) * dy;
    let share = if squared > 0.0 { (along / squared).clamp(0.0, 1.0) } else { 0.0 };
    f64::hypot(position[0] - a[0] - share * dx, position[1] - a[1] - share * dy)
}
