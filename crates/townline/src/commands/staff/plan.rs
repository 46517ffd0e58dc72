//! `townline staff plan`: agents for each interval of a forecast.

mod out;

use std::path::PathBuf;

use clap::ValueEnum;
use staffing::{Patience, ServiceLevel, ServiceLevelTarget, Shrinkage, Targets};

use self::out::{Answer, Blended, Planned};
use super::arguments::{Counted, ShareWithin, patience, seconds, shrinkage};
use crate::commands::BadInput;
use crate::planning::blending::{BlendError, Blending};
use crate::planning::forecast_in::{self, Forecast, Reading};
use crate::planning::staff_plan::{self, Model, PlanError, PlannedInterval, StaffRules};
use crate::planning::table_out::Format;
use crate::planning::{named, pool};

/// Agents for each interval of a forecast, the target that asked for them, what they reach and cost.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline staff plan --forecast week.csv --aht 222 --patience 120 --target 80/20 --max-occupancy 0.88 --shrinkage breaks=0.12,training=0.05 --cost-per-hour 31.50 --plot week.svg\n\
                  Queues that share agents: townline staff plan --forecast week.csv --queues channel --pooled --aht 222 --patience 120 --target 80/20\n\
                  E-mail in the gaps: townline staff plan --forecast week.csv --aht 222 --patience 120 --target 80/20 --deferred mail.csv --deferred-aht 360 --deadline 4h\n\
                  Chats: townline staff plan --forecast chats.csv --chat 300,380,470 --patience 90 --target 80/30"
)]
pub struct Plan {
    /// CSV with timestamp and mean (as forecast writes it) or count, and aht if it changes; - is standard input.
    #[arg(long, value_name = "FILE")]
    forecast: PathBuf,
    /// The column that contacts come from, such as q90, instead of mean or count.
    #[arg(long)]
    column: Option<String>,
    /// Length of an interval, such as 30m; otherwise the shortest distance of two times.
    #[arg(long, value_parser = seconds)]
    interval: Option<f64>,
    /// Columns of the forecast that tell queues apart, such as channel; each is planned for itself.
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    queues: Vec<String>,
    /// The queues share their agents: everybody takes any contact.
    #[arg(long, requires = "queues", conflicts_with = "chat")]
    pooled: bool,
    /// Chats instead of calls: mean seconds of a chat whose agent holds no other, one other, …: 300,380,470.
    #[arg(long, value_delimiter = ',', value_name = "SECONDS,…", value_parser = seconds, conflicts_with_all = ["aht", "model"])]
    chat: Vec<f64>,
    /// Work that may wait, done in the gaps between calls: a CSV like the forecast.
    #[arg(long, value_name = "FILE.csv", requires = "deadline")]
    deferred: Option<PathBuf>,
    /// Mean seconds each piece of deferred work takes.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "deferred")]
    deferred_aht: Option<f64>,
    /// Open time in which deferred work must be finished, such as 4h.
    #[arg(long, value_parser = seconds, requires = "deferred")]
    deadline: Option<f64>,
    /// Pieces of deferred work that wait already.
    #[arg(long, value_name = "COUNT", default_value_t = 0.0, requires = "deferred")]
    backlog: f64,
    /// Share of the gaps between calls that deferred work can use; gaps are short.
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, requires = "deferred")]
    usable_gaps: f64,
    /// Also tell the need with parts of an agent, for teams that share people.
    #[arg(long, conflicts_with = "chat")]
    fractions: bool,
    /// Mean handle time in seconds, talk and after-work together.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    aht: Option<f64>,
    /// Mean patience in seconds, or a distribution: uniform:180, deterministic:30, hyperexponential:0.3,10,240, balking:0.15,180.
    #[arg(long, value_parser = patience)]
    patience: Option<Patience>,
    /// Otherwise erlang-a where patience is given, and erlang-c where it is not.
    #[arg(long, value_enum)]
    model: Option<ModelName>,
    /// Service level: percent within seconds, 80/20.
    #[arg(long, value_name = "PERCENT/SECONDS")]
    target: Option<ShareWithin>,
    /// How those who give up count in it.
    #[arg(long, value_enum, default_value = "over-offered")]
    counted: Counted,
    /// Longest average speed of answer.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    asa: Option<f64>,
    /// Largest share that may give up, 0.05.
    #[arg(long, value_name = "SHARE")]
    max_abandon: Option<f64>,
    /// Largest share of their time in which agents may be busy, 0.88.
    #[arg(long, value_name = "SHARE")]
    max_occupancy: Option<f64>,
    /// Share of paid time away from contacts: 0.3, or by cause, breaks=0.1,training=0.05.
    #[arg(long, value_parser = shrinkage, default_value = "0")]
    shrinkage: Shrinkage,
    /// Fewest agents, also where nobody is expected.
    #[arg(long, default_value_t = 0)]
    min_agents: u32,
    /// Cost of a paid hour.
    #[arg(long, default_value_t = 0.0)]
    cost_per_hour: f64,
    /// How the plan is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Also draws it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

/// Models by the names of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ModelName {
    /// Nobody gives up; each interval in its steady state.
    ErlangC,
    /// Contacts give up; each interval in its steady state.
    ErlangA,
    /// Contacts give up; what one interval leaves, the next begins with.
    Transient,
}

impl Plan {
    pub fn run(self) -> anyhow::Result<()> {
        let rules = self.rules()?;
        let reading =
            Reading { column: self.column.as_deref(), queues: &self.queues, interval_s: self.interval };
        let queues = forecast_in::read(&self.forecast, &reading)?;
        let answer = self.answer(&queues, &rules)?;
        let notes = answer.notes(&queues, rules.agents_min);
        if let Some(path) = &self.plot {
            out::chart(&answer, &self.forecast).write(path)?;
        }
        let totals = answer.totals(&rules, queues[0].1.interval_s);
        answer.table().print(self.format, &notes, totals)
    }

    fn answer(&self, queues: &[(String, Forecast)], rules: &StaffRules) -> anyhow::Result<Answer> {
        let bad = |error: PlanError| BadInput(format!("{}: {error}", named(&self.forecast)));
        let names: Vec<String> = queues.iter().map(|(name, _)| name.clone()).collect();
        if self.pooled {
            let pooled = pool::plan_pool(queues, rules).map_err(bad)?;
            return Ok(Answer { names, planned: Planned::Pool(pooled), blended: None });
        }
        let plans = queues.iter().map(|(_, forecast)| staff_plan::plan(forecast, rules));
        let mut plans = plans.collect::<Result<Vec<_>, _>>().map_err(bad)?;
        let blended = self.blended(queues, &mut plans, rules)?;
        Ok(Answer { names, planned: Planned::Queues(plans), blended })
    }

    /// Deferred work in the gaps of the only queue, whose scheduled people and cost then include it.
    fn blended(
        &self,
        queues: &[(String, Forecast)],
        plans: &mut [Vec<PlannedInterval>],
        rules: &StaffRules,
    ) -> anyhow::Result<Option<Blended>> {
        let (Some(path), Some(deadline_s)) = (&self.deferred, self.deadline) else { return Ok(None) };
        let ([(_, calls)], [plan]) = (queues, plans) else {
            let several = "deferred work fills the gaps of one queue; plan the queues one by one";
            return Err(BadInput(several.to_owned()).into());
        };
        if !(self.backlog >= 0.0 && self.backlog.is_finite()) {
            return Err(BadInput(format!("--backlog is {}, but must be 0 or more", self.backlog)).into());
        }
        let reading = Reading { interval_s: Some(calls.interval_s), ..Reading::default() };
        let mut found = forecast_in::read(path, &reading)?;
        let (_, expected) = found.remove(0);
        let blending = Blending {
            expected,
            handle_s: self.deferred_aht,
            deadline_s,
            waiting: self.backlog,
            usable_share: self.usable_gaps,
        };
        let bad = |error: BlendError| BadInput(format!("{}: {error}", named(path)));
        let (intervals, moved) = blending.blend(plan, calls).map_err(bad)?;
        for (planned, blended) in plan.iter_mut().zip(&intervals) {
            let all = planned.agents + blended.extra_agents;
            planned.scheduled =
                rules.shrinkage.scheduled(all).map_err(|error| BadInput(error.to_string()))?;
            planned.cost = f64::from(planned.scheduled) * calls.interval_s / 3600.0 * rules.cost_per_hour;
        }
        Ok(Some(Blended { intervals, moved }))
    }

    fn rules(&self) -> Result<StaffRules, BadInput> {
        let (patience, model) = self.model_and_patience()?;
        let counted = ServiceLevel::from(self.counted);
        let service_level = self.target.map(|target| ServiceLevelTarget {
            share: target.share,
            within_s: target.within_s,
            counted,
        });
        let targets = Targets {
            service_level,
            asa_s_max: self.asa,
            abandon_share_max: self.max_abandon,
            occupancy_max: self.max_occupancy,
        };
        if targets == Targets::default() {
            let none = "give a target: --target 80/20, --asa, --max-abandon or --max-occupancy, or several";
            return Err(BadInput(none.to_owned()));
        }
        if !(self.cost_per_hour >= 0.0 && self.cost_per_hour.is_finite()) {
            return Err(BadInput(format!(
                "--cost-per-hour is {}, but must be 0 or more",
                self.cost_per_hour
            )));
        }
        Ok(StaffRules {
            handle_s: self.aht,
            patience,
            targets,
            model,
            shrinkage: self.shrinkage.clone(),
            agents_min: self.min_agents,
            cost_per_hour: self.cost_per_hour,
            fractions: self.fractions,
        })
    }

    fn model_and_patience(&self) -> Result<(Patience, Model), BadInput> {
        if !self.chat.is_empty() {
            let patience = self.patience.unwrap_or(Patience::ENDLESS);
            return Ok((patience, Model::Chat { handle_by_load_s: self.chat.clone() }));
        }
        match (self.model, self.patience) {
            (None, patience) => Ok((patience.unwrap_or(Patience::ENDLESS), Model::SteadyState)),
            (Some(ModelName::ErlangC), None) => Ok((Patience::ENDLESS, Model::SteadyState)),
            (Some(ModelName::ErlangC), Some(_)) => Err(BadInput(
                "nobody gives up in erlang-c; leave --patience out, or take erlang-a".to_owned(),
            )),
            (Some(ModelName::ErlangA), Some(patience)) => Ok((patience, Model::SteadyState)),
            (Some(ModelName::Transient), Some(patience)) if !patience.is_exponential() => Err(BadInput(
                "transient follows exponential patience only: give its mean, as in --patience 120".to_owned(),
            )),
            (Some(ModelName::Transient), Some(patience)) => Ok((patience, Model::Transient)),
            (Some(ModelName::ErlangA | ModelName::Transient), None) => {
                Err(BadInput("this model needs --patience".to_owned()))
            }
        }
    }
}
