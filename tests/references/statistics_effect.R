# Staggered effects by lm and clubSandwich, to compare with replenish.statistics.effect.
#
#   Rscript tests/references/statistics_effect.R OUT
#
# writes OUT/statistics_effect.json: groups over rounds with gaps and staggered starts, a saturated regression
# with a dummy for each group, each round and each cell (start, round), and the averages of the cells with the
# groups seen in them as weights; CR2 by group and Satterthwaite degrees of freedom from clubSandwich. The plain
# two-way coefficient of one treatment dummy stands beside it.
suppressMessages({library(clubSandwich); library(jsonlite)})

panel <- function(seed, G, rounds, starts, grow, gaps) {
  set.seed(seed)
  level <- rnorm(G, 50, 8)
  time <- cumsum(rnorm(rounds, .5, 1))
  values <- matrix(NA, G, rounds)
  for (g in 1:G) for (t in 1:rounds) {
    since <- if (starts[g] < 0) -1 else t - 1 - starts[g]
    values[g, t] <- round(level[g] + time[t] + (if (since >= 0) -3 - grow * since else 0) + rnorm(1, 0, 4), 3)
  }
  if (gaps > 0) values[cbind(sample(G, gaps, TRUE), sample(rounds, gaps, TRUE))] <- NA
  values
}

one <- function(values, starts, level) {
  d <- data.frame(g = rep(seq_len(nrow(values)), ncol(values)), t = rep(seq_len(ncol(values)) - 1, each = nrow(values)),
                  y = as.vector(values), start = rep(starts, ncol(values)))
  d <- d[!is.na(d$y), ]
  before <- ave(d$start < 0 | d$t < d$start, d$g, FUN = sum)
  after <- ave(d$start >= 0 & d$t >= d$start, d$g, FUN = sum)
  d <- d[ifelse(d$start < 0, before >= 2, before >= 1 & after >= 1), ]
  d$cell <- ifelse(d$start >= 0 & d$t >= d$start, sprintf("s%02d_t%02d", d$start, d$t), "none")
  cells <- sort(setdiff(unique(d$cell), "none"))
  for (cell in cells) d[[cell]] <- as.numeric(d$cell == cell)
  fit <- lm(as.formula(paste("y ~ factor(g) + factor(t) +", paste(cells, collapse = " + "))), d)
  V <- vcovCR(fit, cluster = d$g, type = "CR2")
  n <- table(d$cell)[cells]
  since <- as.integer(sub(".*_t", "", cells)) - as.integer(sub("s(.*)_t.*", "\\1", cells))
  say <- function(w) {
    L <- matrix(0, 1, length(coef(fit)), dimnames = list(NULL, names(coef(fit))))
    L[1, cells] <- w / sum(w)
    r <- linear_contrast(fit, vcov = V, contrasts = L, level = level)
    list(estimate = r$Est, se = r$SE, df = r$df, low = r$CI_L, high = r$CI_U)
  }
  by <- lapply(sort(unique(since)), function(k) say(ifelse(since == k, n, 0)))
  names(by) <- sort(unique(since))
  d$treated <- as.numeric(d$cell != "none")
  twoway <- lm(y ~ factor(g) + factor(t) + treated, d)
  list(values = lapply(seq_len(nrow(values)), function(g) values[g, ]), starts = starts, level = level,
       average = say(n), by_round = by, two_way = unname(coef(twoway)["treated"]))
}

cases <- list(
  staggered = {s <- c(2, 2, 3, 3, 4, 4, -1, -1, -1, -1, -1); one(panel(11, 11, 7, s, 1.5, 0), s, .9)},
  gaps = {s <- c(2, 2, 2, 4, 4, 5, 5, 5, -1, -1, -1, -1, -1, -1); one(panel(12, 14, 8, s, 1, 14), s, .9)},
  at_once = {s <- c(3, 3, 3, 3, -1, -1, -1, -1); one(panel(13, 8, 6, s, 0, 0), s, .95)},
  many = {s <- c(rep(c(2, 4, 6), each = 5), rep(-1, 25)); one(panel(14, 40, 10, s, .7, 40), s, .9)}
)
out <- commandArgs(TRUE)[1]
write(toJSON(cases, digits = 15, auto_unbox = TRUE, na = "null"), file.path(out, "statistics_effect.json"))
