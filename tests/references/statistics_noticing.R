# Recent weeks against a person's own usual by dense matrices, to compare with replenish.statistics.noticing,
# and the average run length of an exponentially weighted moving average from its integral equation.
#
#   Rscript tests/references/statistics_noticing.R OUT
#
# writes OUT/statistics_noticing.json. Nothing but the definition: at each check-in the usual is the mean of the
# first check-ins and of those long ago, recent weeks are a weighted mean, and the variance of their difference
# is w' C w with C the correlations of an autoregression in real time. Needs r-cran-spc.
suppressMessages(library(jsonlite))
suppressMessages(library(spc))

design <- list(within = 12, prior_df = 12, phi = .3, prior_pairs = 300, weight = .01, look = 30, baseline = 12)

line <- function(weeks, y, k) {
  here <- seq_len(k)
  usual <- which(here < k & (here <= design$baseline | weeks[k] - weeks[here] >= design$look))
  recent <- here[here > design$baseline]
  m <- mean(y[usual])
  squares <- sum((y[usual] - m)^2)
  sd <- sqrt((design$prior_df * design$within^2 + squares) / (design$prior_df + length(usual) - 1))
  first <- usual[(usual + 1) %in% usual]
  first <- first[weeks[first + 1] - weeks[first] == 1]
  r <- if (squares > 0 && length(first)) mean((y[first] - m) * (y[first + 1] - m)) / (squares / length(usual)) else 0
  r <- r + (1 + 3 * r) / length(usual)
  phi <- (design$prior_pairs * design$phi + length(first) * r) / (design$prior_pairs + length(first))
  phi <- min(max(phi, 0), .9)
  w <- (1 - design$weight)^(weeks[k] - weeks[recent])
  w <- w / sum(w)
  parts <- numeric(k)
  parts[recent] <- w
  parts[usual] <- parts[usual] - 1 / length(usual)
  C <- phi^abs(outer(weeks[here], weeks[here], "-"))
  list(check = k - 1, usual = m, sd = sd, alike = phi, recent = sum(w * y[recent]),
       error = sd * sqrt(as.numeric(t(parts) %*% C %*% parts)))
}

set.seed(40)
person <- function(n, rise, after, keep) {
  weeks <- cumsum(c(0, sample(keep, n - 1, replace = TRUE)))
  y <- pmin(100, pmax(0, round(30 + 11 * rnorm(n) + rise * (seq_len(n) > after), 1)))
  list(weeks = weeks, values = y, lines = lapply((design$baseline + 1):n, function(k) line(weeks, y, k)))
}
persons <- list(person(40, 0, 40, c(1, 1)), person(44, 14, 25, c(1, 1, 1, 2, 3)), person(90, 6, 30, c(1, 1, 1, 1, 5)))
out <- list(persons = persons,
            run_length = list(weight = .1, limit = 2.814, arl = xewma.arl(.1, 2.814, 0, sided = "two")))
folder <- commandArgs(trailingOnly = TRUE)[1]
write_json(out, file.path(folder, "statistics_noticing.json"), auto_unbox = TRUE, digits = NA, null = "null")
