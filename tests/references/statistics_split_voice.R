# Split-voice effects by clubSandwich, to compare with replenish.statistics.split_voice.
#
#   Rscript tests/references/statistics_split_voice.R OUT
#
# writes OUT/statistics_split_voice.json: units of unequal size (one of a single person, who has no others),
# least squares of the outcome on the others' means, and the same corrected for their reliability, with CR2
# by unit. The corrected slopes are two-stage least squares with the others' means as instruments, taken as
# the minimum-expected-loss ratio over units. clubSandwich is given the fitted first stage as design and the
# residuals from own reports, which is what it does with instrumental variables itself.
suppressMessages({library(clubSandwich); library(jsonlite)})
set.seed(20231)
sizes <- c(2, 3, 5, 7, 7, 8, 9, 10, 12, 14, 6, 4, 11, 1)
unit <- rep(seq_along(sizes), sizes)
n <- length(unit)
G <- length(sizes)
mood <- rnorm(n)
support <- (rnorm(G, 3, .8)[unit]) + .5 * mood + rnorm(n, 0, .5)
workload <- (rnorm(G, 50, 9)[unit]) - 4 * mood + rnorm(n, 0, 6)
strain <- 40 - 2 * support + .3 * workload + 5 * mood + rnorm(G, 0, 2)[unit] + rnorm(n, 0, 4)
rows <- data.frame(unit, strain, support, workload)

others <- function(x) (ave(x, unit, FUN = sum) - x) / (ave(x, unit, FUN = length) - 1)
d <- transform(rows, o_support = others(support), o_workload = others(workload))
d <- d[ave(d$unit, d$unit, FUN = length) > 1, ]

report <- function(fit) {
  t <- coef_test(fit, vcov = "CR2", cluster = d$unit, test = "Satterthwaite")
  ci <- conf_int(fit, vcov = "CR2", cluster = d$unit, level = .9)
  lapply(2:3, function(i) list(estimate = t$beta[i], se = t$SE[i], df = t$df_Satt[i],
                               low = ci$CI_L[i], high = ci$CI_U[i]))
}
plain <- lm(strain ~ o_support + o_workload, d)
d$f_support <- fitted(lm(support ~ o_support + o_workload, d))
d$f_workload <- fitted(lm(workload ~ o_support + o_workload, d))
corrected <- lm(strain ~ f_support + f_workload, d)
# Minimum expected loss over units instead of the plain ratio: products of centred rows, unit by unit.
O <- scale(as.matrix(d[c("o_support", "o_workload")]), scale = FALSE)
X <- scale(as.matrix(d[c("support", "workload")]), scale = FALSE)
y <- d$strain - mean(d$strain)
Q <- solve(crossprod(O))
parts <- lapply(split(seq_len(nrow(d)), d$unit), function(i) crossprod(O[i, , drop = FALSE], cbind(X, y)[i, , drop = FALSE]))
middle <- Reduce(`+`, parts) / length(parts)
loose <- Reduce(`+`, lapply(parts, function(p) t(p - middle) %*% Q %*% (p - middle))) * length(parts) / (length(parts) - 1)
whole <- Reduce(`+`, parts)
expected <- t(whole) %*% Q %*% whole + loose
slopes <- solve(expected[1:2, 1:2], expected[1:2, 3])
two_stage <- unname(coef(corrected)[-1])
corrected$coefficients[] <- c(mean(d$strain) - sum(colMeans(d[c("support", "workload")]) * slopes), slopes)
corrected$residuals <- as.numeric(d$strain - cbind(1, d$support, d$workload) %*% coef(corrected))
alone <- c(coef(lm(support ~ o_support, d))[2], coef(lm(workload ~ o_workload, d))[2])
result <- list(rows = rows, names = c("support", "workload"), plain = report(plain),
               corrected = report(corrected), reliability = unname(alone), two_stage = two_stage,
               products = list(strain_o_support = sum(d$strain * d$o_support),
                               strain_o_workload = sum(d$strain * d$o_workload)))
write(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns"),
      file.path(commandArgs(TRUE)[1], "statistics_split_voice.json"))
