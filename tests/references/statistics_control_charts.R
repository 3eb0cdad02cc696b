# u, p, Laney's u' and p', the longest run, the crossings and the Western Electric rules, written from the
# published formulas in base R, to compare with replenish.statistics.control_charts and run_rules.
#
#   Rscript tests/references/statistics_control_charts.R OUT [REALDATA]
#
# writes OUT/statistics_control_charts.json (simulated series, included) and, given the folder of real data
# sets, OUT/statistics_control_charts_realdata.json (results only). Debian has no package of control charts
# for attributes, so runs come from rle() and qbinom(), limits from the text books.
suppressMessages(library(jsonlite))

limits <- function(d, n, shares, laney, base) {
  known <- seq_len(base)
  centre <- sum(d[known]) / sum(n[known])
  sigma <- sqrt(centre * (if (shares) 1 - centre else 1) / n)
  z <- (d / n - centre) / sigma
  dispersion <- if (laney) mean(abs(diff(z[known]))) / 1.128 else 1
  lower <- centre - 3 * sigma * dispersion
  upper <- centre + 3 * sigma * dispersion
  lower[lower <= 0] <- NA
  if (shares) upper[upper >= 1] <- NA
  list(centre = centre, dispersion = dispersion, lower = lower, upper = upper, z = z / dispersion)
}

runs <- function(y, centre) {
  sides <- sign(y - centre)
  sides <- sides[abs(y / centre - 1) > 1e-12]
  n <- length(sides)
  list(useful = n, longest = max(rle(sides)$lengths), longest_by_chance = round(log2(n) + 3),
       crossings = sum(diff(sides) != 0), crossings_by_chance = qbinom(.05, n - 1, .5))
}

# For each point from 0: which of the four rules it completes, by either side.
western <- function(z) {
  met <- function(i, least, among, beyond) any(sapply(c(1, -1), function(side) {
    window <- side * z[max(1, i - among + 1):i]
    side * z[i] > beyond && sum(window > beyond) >= least
  }))
  rules <- list(c(1, 1, 3), c(2, 3, 2), c(4, 5, 1), c(8, 8, 0))
  lapply(rules, function(r) I(which(sapply(seq_along(z), function(i) met(i, r[1], r[2], r[3]))) - 1))
}

chart <- function(d, n, kind, base = length(d), from = 1, to = length(d)) {
  d <- d[from:to]
  n <- n[from:to]
  base <- min(base, length(d))
  l <- limits(d, n, shares = grepl("p", kind), laney = grepl("'", kind), base)
  y <- d / n
  outside <- which((!is.na(l$lower) & y < l$lower) | (!is.na(l$upper) & y > l$upper)) - 1
  list(kind = kind, base = base, from = from - 1, to = to, centre = l$centre, dispersion = l$dispersion,
       lower = l$lower, upper = l$upper, outside = I(outside), runs = runs(y, l$centre), western = western(l$z))
}

all_charts <- function(d, n, kinds, change) c(
  lapply(kinds, function(k) chart(d, n, k)),
  lapply(kinds, function(k) chart(d, n, k, base = change)),
  lapply(kinds, function(k) chart(d, n, k, from = 1, to = change)),
  lapply(kinds, function(k) chart(d, n, k, from = change + 1))
)

arguments <- commandArgs(TRUE)
set.seed(7)
m <- 40
due <- rpois(m, 60) + 20
held <- rbinom(m, due, rbeta(m, 12, 4) - c(rep(0, 25), rep(.15, 15)))
days <- round(runif(m, 300, 900))
force <- rpois(m, days * .02 * rgamma(m, 4, 4))
small_due <- rpois(m, 3) + 1
small_held <- rbinom(m, small_due, .7)
write(toJSON(list(
  shares = list(d = held, n = due, charts = all_charts(held, due, c("p", "p'"), 25)),
  rates = list(d = force, n = days, charts = all_charts(force, days, c("u", "u'"), 25)),
  small = list(d = small_held, n = small_due, charts = all_charts(small_held, small_due, c("p", "p'"), 25))
), digits = NA, auto_unbox = TRUE, na = "null"), file.path(arguments[1], "statistics_control_charts.json"))

if (length(arguments) > 1) {
  rows <- read.csv(file.path(arguments[2], "cdi.csv"))
  change <- sum(rows$period == "pre")
  # Limits of every month would give the days back; a few and their sum are enough to compare.
  few <- function(one) {
    kept <- c(1, round(length(one$upper) / 2), length(one$upper))
    for (side in c("lower", "upper")) {
      one[[paste0(side, "_sum")]] <- sum(one[[side]], na.rm = TRUE)
      one[[paste0(side, "_few")]] <- one[[side]][kept]
      one[[side]] <- NULL
    }
    c(one, list(kept = kept - 1))
  }
  charts <- lapply(all_charts(rows$n, rows$days, c("u", "u'"), change), few)
  write(toJSON(list(change = change, charts = charts), digits = NA, auto_unbox = TRUE, na = "null"),
        file.path(arguments[1], "statistics_control_charts_realdata.json"))
}
