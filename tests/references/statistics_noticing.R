# The two stories about one person's weeks by dense matrices, to compare with replenish.statistics.noticing,
# and the average run length of an exponentially weighted moving average from its integral equation.
#
#   Rscript tests/references/statistics_noticing.R OUT
#
# writes OUT/statistics_noticing.json. Nothing but the definition: y ~ N(m 1 + d s x, s2 C) with C the
# correlations of an autoregression in real time, m flat, s2 with a scaled inverse chi-square prior, and
# d ~ N(0, rise2), so that the covariance of the changed story is C + rise2 x x'. Needs r-cran-spc.
suppressMessages(library(jsonlite))
suppressMessages(library(spc))

design <- list(within = 12, prior_df = 1, rise = 0.33, baseline = 12, shortest = 6,
               longest = 52, first = 6, grid = c(0, .15, .3, .45, .6, .75),
               unchanged = c(.25, .85, .92, 1, 1.12, .38), changed = c(.3, 1, 1, 1, 1, .3))

fit <- function(y, C) {
  n <- length(y)
  P <- solve(C)
  one <- rep(1, n)
  a <- sum(P)
  m <- sum(P %*% y) / a
  list(log_det = as.numeric(determinant(C)$modulus) + log(a),
       squares = as.numeric(t(y - m) %*% P %*% (y - m)) + design$prior_df * design$within^2, inverse = P)
}

ratios <- function(weeks, y) {
  lines <- list()
  apart <- abs(outer(weeks, weeks, "-"))
  for (k in seq_along(weeks)) for (start in seq_len(k)) {
    age <- k - start + 1
    if (start <= design$baseline || age < design$shortest || age > design$longest) next
    x <- as.numeric(seq_len(k) >= start)
    plain <- numeric(0)
    changed <- numeric(0)
    for (g in seq_along(design$grid)) {
      C <- design$grid[g]^apart[1:k, 1:k]
      here <- fit(y[1:k], C)
      there <- fit(y[1:k], C + design$rise^2 * tcrossprod(x))
      df <- design$prior_df + k - 1
      plain[g] <- -.5 * here$log_det - .5 * df * log(here$squares)
      gls <- lm.fit(chol(here$inverse) %*% cbind(1, x), chol(here$inverse) %*% y[1:k])$coefficients[2]
      changed[g] <- if (gls > 0) plain[g] - .5 * (there$log_det - here$log_det) -
        .5 * df * log(there$squares / here$squares) else -Inf
    }
    w0 <- design$unchanged / sum(design$unchanged)
    w1 <- design$changed / sum(design$changed)
    top <- max(plain)
    ratio <- log(sum(w1 * exp(changed - top)) / sum(w0 * exp(plain - top)))
    if (start == design$baseline + 1) ratio <- ratio + log(design$first)
    lines[[length(lines) + 1]] <- list(check = k - 1, start = start - 1,
                                       ratio = if (is.finite(ratio)) ratio else NULL)
  }
  lines
}

set.seed(40)
person <- function(n, rise, after, keep) {
  weeks <- cumsum(c(0, sample(keep, n - 1, replace = TRUE)))
  y <- pmin(100, pmax(0, round(30 + 11 * rnorm(n) + rise * (seq_len(n) > after), 1)))
  list(weeks = weeks, values = y, lines = ratios(weeks, y))
}
persons <- list(person(40, 0, 40, 1), person(44, 14, 25, c(1, 1, 1, 2, 3)), person(70, 6, 30, c(1, 1, 1, 1, 5)))
out <- list(persons = persons,
            run_length = list(weight = .1, limit = 2.814, arl = xewma.arl(.1, 2.814, 0, sided = "two")))
folder <- commandArgs(trailingOnly = TRUE)[1]
write_json(out, file.path(folder, "statistics_noticing.json"), auto_unbox = TRUE, digits = NA, null = "null")
