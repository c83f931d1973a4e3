//! Calendar periods: their TIMEX3 values, first and last days, and how one is reached from another.
//! Proleptic Gregorian, ISO weeks; years before the era have a value but no days.

use crate::language::time::{Falls, Holiday, Part, Season, Unit};
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Period {
    /// A day.
    Day(Date),
    /// The ISO week that starts on this Monday.
    Week(Date),
    /// The Saturday and Sunday of the ISO week that starts on this Monday.
    Weekend(Date),
    /// Year, month.
    Month(i32, i8),
    /// Year, quarter.
    Quarter(i32, i8),
    /// Year, half.
    Half(i32, i8),
    /// Year in which the season starts.
    Season(i32, Season),
    /// Year; negative before the era.
    Year(i32),
    /// Year / 10; negative before the era.
    Decade(i32),
    /// (Year / 100); negative before the era.
    Century(i32),
}

/// A day, where the calendar has it.
pub fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok().filter(|y| *y > 0)?, month, day).ok()
}

/// A day some days away.
pub fn plus(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.checked_mul(1).filter(|d| d.abs() < 4_000_000)?.days()).ok()
}

/// The day of the other month, its last one where that is shorter.
pub fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(months_span(months)?).ok()
}

fn months_span(months: i64) -> Option<jiff::Span> {
    (months.abs() < 120_000).then(|| months.months())
}

/// Monday of the day's ISO week.
pub fn monday(date: Date) -> Option<Date> {
    plus(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// ISO number of a weekday, 1 = Monday.
pub fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// First month of a season.
fn first_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

impl Period {
    /// The period of this unit that holds a day; `None` for units below a day.
    pub fn holding(date: Date, unit: Unit) -> Option<Period> {
        let (y, m) = (i32::from(date.year()), date.month());
        Some(match unit {
            Unit::Day => Period::Day(date),
            Unit::Week | Unit::Fortnight => Period::Week(monday(date)?),
            Unit::Weekend => Period::Weekend(monday(date)?),
            Unit::Month => Period::Month(y, m),
            Unit::Quarter => Period::Quarter(y, (m - 1) / 3 + 1),
            Unit::HalfYear => Period::Half(y, (m - 1) / 6 + 1),
            Unit::Year => Period::Year(y),
            Unit::Decade => Period::Decade(y / 10),
            Unit::Century => Period::Century(y / 100),
            Unit::Second | Unit::Minute | Unit::Hour => return None,
        })
    }
    /// The season that holds a day or, between seasons of a leap, the one that started last.
    pub fn season_holding(date: Date) -> Period {
        let (y, m) = (i32::from(date.year()), date.month());
        match m {
            3..=5 => Period::Season(y, Season::Spring),
            6..=8 => Period::Season(y, Season::Summer),
            9..=11 => Period::Season(y, Season::Autumn),
            12 => Period::Season(y, Season::Winter),
            _ => Period::Season(y - 1, Season::Winter),
        }
    }
    /// The period `n` places on.
    pub fn shift(self, n: i32) -> Option<Period> {
        let k = i64::from(n);
        Some(match self {
            Period::Day(d) => Period::Day(plus(d, k)?),
            Period::Week(d) => Period::Week(plus(d, 7 * k)?),
            Period::Weekend(d) => Period::Weekend(plus(d, 7 * k)?),
            Period::Month(y, m) => {
                let months = y * 12 + i32::from(m) - 1 + n;
                Period::Month(months.div_euclid(12), months.rem_euclid(12) as i8 + 1)
            }
            Period::Quarter(y, q) => {
                let quarters = y * 4 + i32::from(q) - 1 + n;
                Period::Quarter(quarters.div_euclid(4), quarters.rem_euclid(4) as i8 + 1)
            }
            Period::Half(y, h) => {
                let halves = y * 2 + i32::from(h) - 1 + n;
                Period::Half(halves.div_euclid(2), halves.rem_euclid(2) as i8 + 1)
            }
            Period::Season(y, s) => Period::Season(y + n, s),
            Period::Year(y) => Period::Year(y.checked_add(n)?),
            Period::Decade(d) => Period::Decade(d.checked_add(n)?),
            Period::Century(c) => Period::Century(c.checked_add(n)?),
        })
    }
    /// The year it lies in or starts in.
    pub fn year(self) -> i32 {
        match self {
            Period::Day(d) => i32::from(d.year()),
            Period::Week(d) | Period::Weekend(d) => i32::from(d.iso_week_date().year()),
            Period::Month(y, _) | Period::Quarter(y, _) | Period::Half(y, _) | Period::Season(y, _) | Period::Year(y) => y,
            Period::Decade(d) => d * 10,
            Period::Century(c) => c * 100,
        }
    }
    /// The month it lies in or starts in, where it is no longer than a season.
    pub fn month(self) -> Option<i8> {
        match self {
            Period::Day(d) | Period::Week(d) | Period::Weekend(d) => Some(d.month()),
            Period::Month(_, m) => Some(m),
            Period::Quarter(_, q) => Some(3 * q - 2),
            Period::Season(_, s) => Some(first_month(s)),
            Period::Half(..) | Period::Year(_) | Period::Decade(_) | Period::Century(_) => None,
        }
    }
    /// TIMEX3 value.
    pub fn value(self) -> String {
        let year = |y: i32| if y < 0 { format!("BC{:04}", -y) } else { format!("{y:04}") };
        match self {
            Period::Day(d) => d.to_string(),
            Period::Week(d) => iso(d.iso_week_date()),
            Period::Weekend(d) => iso(d.iso_week_date()) + "-WE",
            Period::Month(y, m) => format!("{}-{m:02}", year(y)),
            Period::Quarter(y, q) => format!("{}-Q{q}", year(y)),
            Period::Half(y, h) => format!("{}-H{h}", year(y)),
            Period::Season(y, s) => format!("{}-{}", year(y), s.name()),
            Period::Year(y) => year(y),
            Period::Decade(d) if d < 0 => format!("BC{:03}", -d),
            Period::Decade(d) => format!("{d:03}"),
            Period::Century(c) if c < 0 => format!("BC{:02}", -c - 1),
            Period::Century(c) => format!("{c:02}"),
        }
    }
    /// First and last day.
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |y: i32, m: i8, n: i64| -> Option<(Date, Date)> {
            let first = day(y, m, 1)?;
            Some((first, plus(plus_months(first, n)?, -1)?))
        };
        match self {
            Period::Day(d) => Some((d, d)),
            Period::Week(d) => Some((d, plus(d, 6)?)),
            Period::Weekend(d) => Some((plus(d, 5)?, plus(d, 6)?)),
            Period::Month(y, m) => months(y, m, 1),
            Period::Quarter(y, q) => months(y, 3 * q - 2, 3),
            Period::Half(y, h) => months(y, 6 * h - 5, 6),
            Period::Season(y, s) => months(y, first_month(s), 3),
            Period::Year(y) => months(y, 1, 12),
            Period::Decade(d) if d > 0 => months(d * 10, 1, 120),
            Period::Century(c) if c > 0 => months(c * 100, 1, 1200),
            Period::Decade(_) | Period::Century(_) => None,
        }
    }
    /// First and last day of a part of it: thirds, of a month days 1–10, 11–20 and 21 to its end.
    pub fn part(self, part: Part) -> Option<(Date, Date)> {
        let (first, last) = self.days()?;
        if let Period::Month(..) = self {
            return Some(match part {
                Part::Start => (first, plus(first, 9)?),
                Part::Mid => (plus(first, 10)?, plus(first, 19)?),
                Part::End => (plus(first, 20)?, last),
            });
        }
        let length = i64::from((last - first).get_days()) + 1;
        if length < 3 {
            return Some((first, last));
        }
        let third = length / 3;
        Some(match part {
            Part::Start => (first, plus(first, third - 1)?),
            Part::Mid => (plus(first, third)?, plus(last, -third)?),
            Part::End => (plus(last, 1 - third)?, last),
        })
    }
    /// How fine it is: the unit's place from day (0) to century.
    pub fn rank(self) -> u8 {
        match self {
            Period::Day(_) => 0,
            Period::Weekend(_) => 1,
            Period::Week(_) => 2,
            Period::Month(..) => 3,
            Period::Season(..) => 4,
            Period::Quarter(..) => 5,
            Period::Half(..) => 6,
            Period::Year(_) => 7,
            Period::Decade(_) => 8,
            Period::Century(_) => 9,
        }
    }
}

fn iso(week: ISOWeekDate) -> String {
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The day of a holiday in a year; `None` where it does not fall in it.
pub fn holiday(holiday: &Holiday, year: i32) -> Option<Date> {
    if let Some((by, rest)) = holiday.every
        && year.rem_euclid(i32::from(by)) != i32::from(rest)
    {
        return None;
    }
    match holiday.falls {
        Falls::Fixed(month, d) => day(year, month, d),
        Falls::Nth(month, which, weekday) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            day(year, month, 1)?.nth_weekday_of_month(which, weekday).ok()
        }
        Falls::Easter(offset) => plus(easter(year)?, i64::from(offset)),
        Falls::AfterFirstMonday(month, days) => plus(day(year, month, 1)?.nth_weekday_of_month(1, Weekday::Monday).ok()?, i64::from(days)),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's form of the computus, 1876).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, (n / 31) as i8, (n % 31) as i8 + 1)
}
