# ICC(1), ICC(2), rwg and rwg(j) by multilevel, to compare with replenish.statistics.agreement.
#
#   Rscript tests/references/statistics_agreement.R OUT [REALDATA]
#
# writes OUT/statistics_agreement.json (simulated answers, included) and, given the folder of real data
# sets, OUT/statistics_agreement_realdata.json (results only).
suppressMessages({library(multilevel); library(jsonlite)})

icc <- function(x, unit) {
  fit <- aov(x ~ as.factor(unit))
  table <- summary(fit)[[1]]
  list(icc1 = ICC1(fit), icc2 = ICC2(fit), f = table[1, 4], p = table[1, 5])
}

arguments <- commandArgs(TRUE)
set.seed(99)
sizes <- c(1, 2, 3, 4, 6, 8, 9, 12, 15)
unit <- rep(seq_along(sizes), sizes)
n <- length(unit)
climate <- rnorm(length(sizes), 3, .6)[unit]
items <- as.data.frame(sapply(1:4, function(j) pmin(5, pmax(1, round(climate + rnorm(n, 0, .9))))))
names(items) <- paste0("item", 1:4)
# One unit that agrees less than answers given at random: its rwg and rwg(j) are set to zero.
items[unit == 4, ] <- rep(c(1, 5, 1, 5), 4)
null_variance <- (5^2 - 1) / 12
by_item <- rwg(items$item1, unit, null_variance)
by_scale <- rwg.j(items, unit, null_variance)
result <- list(unit = unit, items = items, icc = lapply(items, icc, unit = unit),
               rwg = by_item$rwg, rwg_j = by_scale$rwg.j, unit_names = by_item$grpid,
               rwg_mean = mean(by_item$rwg, na.rm = TRUE), rwg_j_median = median(by_scale$rwg.j, na.rm = TRUE))
write(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", na = "null"),
      file.path(arguments[1], "statistics_agreement.json"))

if (length(arguments) > 1) {
  rows <- read.csv(file.path(arguments[2], "bh1996.csv"))
  result <- lapply(rows[c("wellbeing", "leadership", "hours", "cohesion")], icc, unit = rows$unit)
  write(toJSON(result, digits = NA, auto_unbox = TRUE),
        file.path(arguments[1], "statistics_agreement_realdata.json"))
}
