//! One closed line, and the question whether a position lies inside it.
//!
//! Inside means *even-odd*: a line drawn east from the position crosses the ring an odd number of times. This
//! has an answer for every ring, however badly drawn, and it never panics. An edge holds its southern end and
//! not its northern one, and it is always computed from south to north, so of two neighbours that share an
//! edge exactly one owns each position on it.
//!
//! A city border has thousands of edges, of which a handful lie at the latitude of a given position. The ring
//! therefore keeps its edges sorted into slabs of equal height.

/// A ring of at least three corners that spans some width and some height.
#[derive(Clone)]
pub(crate) struct Ring {
    /// Longitude and latitude of each corner; the last is joined to the first, which is not repeated.
    positions: Vec<[f64; 2]>,
    extent: Extent,
    slabs: Slabs,
}

/// Which way round a ring is written, as RFC 7946 asks.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Winding {
    /// The outside of a polygon.
    CounterClockwise,
    /// A hole.
    Clockwise,
}

/// Least and greatest longitude and latitude.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) least: [f64; 2],
    pub(crate) greatest: [f64; 2],
}

impl Ring {
    /// A ring through these corners, closed or not, or `None` when they enclose nothing: fewer than three of
    /// them after repetitions, or all on one parallel or meridian. All numbers must be finite.
    pub(crate) fn new(mut positions: Vec<[f64; 2]>, winding: Winding) -> Option<Ring> {
        positions.dedup();
        while positions.len() > 1 && positions.first() == positions.last() {
            positions.pop();
        }
        let extent = Extent::of(&positions)?;
        if positions.len() < 3 || extent.width() <= 0.0 || extent.height() <= 0.0 {
            return None;
        }
        if is_wound_against(&positions, extent, winding) {
            positions[1..].reverse();
        }
        let slabs = Slabs::new(&positions, extent);
        Some(Ring { positions, extent, slabs })
    }

    pub(crate) fn positions(&self) -> &[[f64; 2]] {
        &self.positions
    }

    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    pub(crate) fn contains(&self, position: [f64; 2]) -> bool {
        self.extent.contains(position)
            && self.slabs.at(position[1]).iter().filter(|edge| edge.is_crossed_east_of(position)).count() % 2
                == 1
    }

    /// The longitudes at which the ring crosses a parallel, in no order.
    pub(crate) fn crossings(&self, latitude: f64) -> Vec<f64> {
        let crosses = |edge: &&Edge| edge.south[1] <= latitude && latitude < edge.north[1];
        self.slabs.at(latitude).iter().filter(crosses).map(|edge| edge.longitude_at(latitude)).collect()
    }

    /// Each side as its two ends, the closing one included.
    pub(crate) fn sides(&self) -> impl Iterator<Item = ([f64; 2], [f64; 2])> + '_ {
        sides(&self.positions)
    }
}

fn sides(positions: &[[f64; 2]]) -> impl Iterator<Item = ([f64; 2], [f64; 2])> + '_ {
    positions.iter().copied().zip(positions.iter().copied().cycle().skip(1))
}

/// Whether the ring surely runs the wrong way. Where rounding could decide (two loops of a figure eight that
/// cancel) the answer is no, so that turning a ring once is enough and writing it and reading it again
/// changes nothing.
fn is_wound_against(positions: &[[f64; 2]], extent: Extent, winding: Winding) -> bool {
    let from_corner = |p: [f64; 2]| [p[0] - extent.least[0], p[1] - extent.least[1]];
    let (mut sum, mut size) = (0.0, 0.0);
    for (a, b) in sides(positions) {
        let (a, b) = (from_corner(a), from_corner(b));
        let term = a[0] * b[1] - b[0] * a[1];
        sum += term;
        size += f64::abs(term);
    }
    let rounding = 2.0 * positions.len() as f64 * f64::EPSILON * size;
    match winding {
        Winding::CounterClockwise => sum < -rounding,
        Winding::Clockwise => sum > rounding,
    }
}

impl Extent {
    /// `None` for no positions at all.
    fn of(positions: &[[f64; 2]]) -> Option<Extent> {
        let first = *positions.first()?;
        let whole = positions.iter().fold(Extent { least: first, greatest: first }, |extent, p| Extent {
            least: [extent.least[0].min(p[0]), extent.least[1].min(p[1])],
            greatest: [extent.greatest[0].max(p[0]), extent.greatest[1].max(p[1])],
        });
        Some(whole)
    }

    fn width(self) -> f64 {
        self.greatest[0] - self.least[0]
    }

    fn height(self) -> f64 {
        self.greatest[1] - self.least[1]
    }

    fn contains(self, position: [f64; 2]) -> bool {
        (0..2).all(|axis| self.least[axis] <= position[axis] && position[axis] <= self.greatest[axis])
    }
}

/// A side that is not level, from its southern to its northern end.
#[derive(Clone, Copy)]
struct Edge {
    south: [f64; 2],
    north: [f64; 2],
}

impl Edge {
    fn new((a, b): ([f64; 2], [f64; 2])) -> Option<Edge> {
        if a[1] < b[1] {
            Some(Edge { south: a, north: b })
        } else if b[1] < a[1] {
            Some(Edge { south: b, north: a })
        } else {
            None
        }
    }

    fn is_crossed_east_of(&self, [x, y]: [f64; 2]) -> bool {
        let at_this_latitude = self.south[1] <= y && y < self.north[1];
        at_this_latitude && x < self.longitude_at(y)
    }

    fn longitude_at(&self, y: f64) -> f64 {
        let share = (y - self.south[1]) / (self.north[1] - self.south[1]);
        self.south[0] + share * (self.north[0] - self.south[0])
    }
}

/// Edges by latitude: those of slab `i` are `edges[starts[i]..starts[i + 1]]`; one that spans several is in
/// each.
#[derive(Clone)]
struct Slabs {
    south: f64,
    per_degree: f64,
    starts: Vec<usize>,
    edges: Vec<Edge>,
}

/// A ring that zigzags between north and south would put every edge in every slab, so the number of slabs is
/// halved until the copies are few.
const COPIES_MAX: usize = 4;

impl Slabs {
    fn new(positions: &[[f64; 2]], extent: Extent) -> Slabs {
        let edges: Vec<Edge> = sides(positions).filter_map(Edge::new).collect();
        let mut count = edges.len().max(1);
        loop {
            let frame = Slabs::empty(extent, count);
            let copies: usize = edges.iter().map(|edge| frame.span(edge).len()).sum();
            if count == 1 || copies <= COPIES_MAX * edges.len() {
                return frame.filled(&edges, copies);
            }
            count /= 2;
        }
    }

    fn empty(extent: Extent, count: usize) -> Slabs {
        let per_degree = count as f64 / extent.height();
        Slabs { south: extent.least[1], per_degree, starts: vec![0; count + 1], edges: Vec::new() }
    }

    /// Counting sort: sizes, then running totals, then each edge to its places.
    fn filled(mut self, edges: &[Edge], copies: usize) -> Slabs {
        let Some(&any) = edges.first() else { return self };
        for edge in edges {
            for slab in self.span(edge) {
                self.starts[slab + 1] += 1;
            }
        }
        for slab in 1..self.starts.len() {
            self.starts[slab] += self.starts[slab - 1];
        }
        let mut next = self.starts.clone();
        self.edges = vec![any; copies];
        for edge in edges {
            for slab in self.span(edge) {
                self.edges[next[slab]] = *edge;
                next[slab] += 1;
            }
        }
        self
    }

    fn span(&self, edge: &Edge) -> std::ops::Range<usize> {
        self.slab(edge.south[1])..self.slab(edge.north[1]) + 1
    }

    fn at(&self, latitude: f64) -> &[Edge] {
        let slab = self.slab(latitude);
        &self.edges[self.starts[slab]..self.starts[slab + 1]]
    }

    /// Never decreases with the latitude, which is all that correctness needs; the cast stops at zero and NaN
    /// is zero.
    fn slab(&self, latitude: f64) -> usize {
        let last = self.starts.len() - 2;
        (((latitude - self.south) * self.per_degree) as usize).min(last)
    }
}
