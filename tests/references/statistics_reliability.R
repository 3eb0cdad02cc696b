# Alpha and one-factor omega by psych, to compare with replenish.statistics.reliability.
#
#   Rscript tests/references/statistics_reliability.R OUT [REALDATA]
#
# writes OUT/statistics_reliability.json (simulated items, with the answers) and, given the folder of real
# data sets, OUT/statistics_reliability_realdata.json (results only).
#
# psych::omega with one factor computes 1 - sum(uniquenesses) / sum(correlations) from psych::fa(fm =
# "minres"); it is written out here because psych::omega itself asks for one more package. fa is run on,
# from its own solution, until the loadings no longer change.
suppressMessages({library(psych); library(jsonlite)})

one_factor <- function(correlation) {
  start <- as.numeric(fa(correlation, fm = "minres")$loadings)
  off <- upper.tri(correlation)
  loss <- function(l) sum((correlation - tcrossprod(l))[off]^2)
  slope <- function(l) {r <- correlation - tcrossprod(l); diag(r) <- 0; as.numeric(-2 * r %*% l)}
  for (again in 1:5) start <- optim(start, loss, slope, method = "BFGS", control = list(reltol = 1e-16))$par
  start * sign(sum(start))
}

report <- function(items) {
  a <- psych::alpha(items, check.keys = FALSE, warnings = FALSE)
  correlation <- cor(items, use = "pairwise")
  from_fa <- fa(correlation, fm = "minres")
  loadings <- one_factor(correlation)
  list(alpha = a$total$raw_alpha, standardised = a$total$std.alpha,
       feldt = c(a$feldt$lower.ci[[1]], a$feldt$upper.ci[[1]]),
       omega_fa = 1 - sum(from_fa$uniquenesses) / sum(correlation),
       omega = 1 - sum(1 - loadings^2) / sum(correlation), loadings = loadings,
       loadings_fa = as.numeric(from_fa$loadings),
       alpha_without = a$alpha.drop$raw_alpha, item_rest = a$item.stats$r.drop,
       mean = a$item.stats$mean, sd = a$item.stats$sd)
}

arguments <- commandArgs(TRUE)
set.seed(4711)
n <- 120
f <- rnorm(n)
loads <- c(.9, .7, .6, .8, .5, .4)
items <- as.data.frame(sapply(loads, function(l) pmin(4, pmax(0, round(2 + l * f + rnorm(n, 0, .9))))))
names(items) <- paste0("item", seq_along(loads))
write(toJSON(list(items = items, names = names(items), psych = report(items)), digits = NA,
             auto_unbox = TRUE, dataframe = "columns"),
      file.path(arguments[1], "statistics_reliability.json"))

if (length(arguments) > 1) {
  rows <- read.csv(file.path(arguments[2], "medstudents_items.csv"))
  scales <- lapply(c(phq = "^phq[0-9]+$", gad = "^gad[0-9]+$", epworth = "^epworth[0-9]+$"), function(p) {
    items <- rows[grep(p, names(rows))]
    list(names = names(items), pairwise = report(items), complete = report(na.omit(items)),
         n_complete = nrow(na.omit(items)))
  })
  write(toJSON(scales, digits = NA, auto_unbox = TRUE),
        file.path(arguments[1], "statistics_reliability_realdata.json"))
}
