# Linear mixed models by lme4, to compare with replenish.statistics.mixed_model.
#
#   Rscript tests/references/statistics_mixed.R OUT [REALDATA]
#
# writes OUT/statistics_mixed_simulated.{csv,json} and, given the folder of real data sets,
# OUT/statistics_mixed_realdata.json (results only).
#
# lme4's optimisers compare values of the deviance, which stops them at about seven digits of theta. Each
# fit is therefore run with bobyqa (rhoend 1e-12) and then taken on by Newton steps on lme4's own deviance
# function until its slope is zero. Satterthwaite's degrees of freedom follow Kuznetsova, Brockhoff and
# Christensen (2017), section 2, with numerical derivatives of the same function.
suppressMessages({library(lme4); library(numDeriv); library(jsonlite)})

fit_exactly <- function(formula, rows, reml) {
  parts <- lFormula(formula, rows, REML = reml,
                    control = lmerControl(check.nobs.vs.nRE = "ignore"))
  criterion <- do.call(mkLmerDevfun, parts)
  found <- from_every_start(criterion, length(parts$reTrms$theta))
  theta <- found$par
  for (step in 1:6) {
    curved <- hessian(criterion, theta)
    if (min(eigen(curved, only.values = TRUE)$values) <= 0) break
    theta <- theta - solve(curved, grad(criterion, theta))
  }
  theta[abs(theta) < 1e-7] <- 0
  found$par <- theta
  found$fval <- criterion(theta)
  list(model = mkMerMod(environment(criterion), found, parts$reTrms, fr = parts$fr),
       criterion = criterion, theta = theta, reml = reml)
}

# With slopes, bobyqa can stay at an edge where a spread is zero though the deviance falls away from it.
from_every_start <- function(criterion, m) {
  control <- list(rhoend = 1e-12, maxfun = 1e6)
  found <- optimizeLmer(criterion, optimizer = "bobyqa", restart_edge = FALSE, control = control)
  if (m < 3) return(found)
  set.seed(1)
  for (start in 1:8) {
    other <- optimizeLmer(criterion, optimizer = "bobyqa", restart_edge = FALSE, control = control,
                          start = list(theta = runif(m, 0.02, 1)))
    if (other$fval < found$fval) found <- other
  }
  found
}

# `back` leads from the coefficients of this fit to those whose degrees of freedom are asked for.
degrees_of_freedom <- function(fit, back = diag(length(fixef(fit$model)))) {
  inside <- environment(fit$criterion)
  p <- length(fixef(fit$model))
  rows <- nobs(fit$model) - if (fit$reml) p else 0
  m <- length(fit$theta)
  deviance_at <- function(par) {
    fit$criterion(par[1:m])
    s2 <- par[m + 1]^2
    inside$pp$ldL2() + (inside$resp$wrss() + inside$pp$sqrL(1)) / s2 + rows * log(2 * pi * s2) +
      if (fit$reml) inside$pp$ldRX2() else 0
  }
  variances_at <- function(par) {
    fit$criterion(par[1:m])
    diag(back %*% (par[m + 1]^2 * tcrossprod(inside$pp$RXi())) %*% t(back))
  }
  best <- c(fit$theta, sigma(fit$model))
  sampling <- 2 * solve(hessian(deviance_at, best))
  slopes <- jacobian(variances_at, best)
  2 * variances_at(best)^2 / diag(slopes %*% sampling %*% t(slopes))
}

# Numerical second derivatives need columns of one scale; with slopes the raw columns cost them two digits.
degrees_of_freedom_standardised <- function(formula, rows, reml) {
  names <- c("hours", "leadership")
  middle <- sapply(rows[names], mean)
  spread <- sapply(rows[names], sd)
  rows[names] <- scale(rows[names])
  back <- rbind(c(1, -middle / spread), cbind(0, diag(1 / spread)))
  degrees_of_freedom(fit_exactly(formula, rows, reml), back)
}

term_name <- function(name) sub("\\(Intercept\\)", "(intercept)", name)

describe <- function(fit, group_names, df) {
  fit$criterion(fit$theta)
  model <- fit$model
  table <- summary(model)$coefficients
  terms <- lapply(seq_len(nrow(table)), function(i)
    list(estimate = table[i, 1], se = table[i, 2], df = df[i]))
  names(terms) <- term_name(rownames(table))
  spread <- as.data.frame(VarCorr(model))
  label <- function(group, var) {
    if (is.na(var) || var == "(Intercept)") group_names[[group]] else paste("slope of", var)
  }
  single <- is.na(spread$var2)
  variance <- as.list(spread$vcov[single])
  names(variance) <- mapply(label, spread$grp[single], spread$var1[single])
  pairs <- spread[!single, ]
  list(n = nobs(model), units = length(levels(model@flist[[1]])), terms = terms, variance = variance,
       unit_covariance = lapply(seq_len(nrow(pairs)), function(i)
         list(one = label(pairs$grp[i], pairs$var1[i]), other = label(pairs$grp[i], pairs$var2[i]),
              covariance = pairs$vcov[i])),
       covariance = unname(as.matrix(vcov(model))),
       deviance = -2 * as.numeric(logLik(model)))
}

two_levels <- list(unit = "unit", Residual = "residual")
three_levels <- list("unit:parent" = "unit", parent = "parent", Residual = "residual")

both_ways <- function(name, formula, rows, group_names = two_levels) {
  found <- list()
  for (method in c("REML", "ML")) {
    fit <- fit_exactly(formula, rows, method == "REML")
    df <- if (length(fit$theta) < 3) degrees_of_freedom(fit) else
      degrees_of_freedom_standardised(formula, rows, method == "REML")
    found[[paste(name, method)]] <- describe(fit, group_names, df)
  }
  found
}

split_conditions <- function(rows, names) {
  for (name in names) {
    rows[[paste0(name, "_between")]] <- ave(rows[[name]], rows$unit)
    rows[[paste0(name, "_within")]] <- rows[[name]] - rows[[paste0(name, "_between")]]
  }
  rows
}

simulate_rows <- function() {
  set.seed(20261)
  parents <- 14
  units <- 70
  parent_of <- rep(seq_len(parents), length.out = units)
  size <- c(rep(1, 8), rep(2, 6), sample(3:19, units - 14, replace = TRUE))
  unit <- rep(seq_len(units), size)
  n <- length(unit)
  hours <- rnorm(units, 40, 3)[unit] + rnorm(n, 0, 5)
  leadership <- 3 + 0.5 * rnorm(units)[unit] - 0.03 * (hours - 40) + rnorm(n)
  size_of_unit <- size[unit]
  effect <- rnorm(units)
  slope <- 0.6 * effect + 0.8 * rnorm(units)
  above <- rnorm(parents)[parent_of]
  error <- rnorm(n)
  mean_part <- 2 + 0.05 * hours - 0.4 * leadership
  rows <- data.frame(parent = parent_of[unit], unit, hours, leadership, size = size_of_unit,
    intercepts = mean_part + 0.7 * effect[unit] + error,
    slopes = mean_part + 0.7 * effect[unit] + 0.5 * slope[unit] * leadership + error,
    steep = mean_part + 0.9 * effect[unit] + rnorm(units)[unit] * (leadership - 3) +
      0.3 * rnorm(units)[unit] * (hours - 40) + error,
    three = mean_part + 0.5 * effect[unit] + 0.8 * above[unit] + error,
    alike = mean_part + error - ave(error, unit) * 0.9)
  round(rows, 4)
}

simulated_cases <- function(rows) {
  split <- split_conditions(rows, c("hours", "leadership"))
  c(both_ways("intercepts", intercepts ~ hours + leadership + (1 | unit), rows),
    both_ways("mean alone", intercepts ~ 1 + (1 | unit), rows),
    both_ways("unit size", intercepts ~ hours + size + (1 | unit), rows),
    both_ways("balanced", intercepts ~ hours + (1 | unit), balanced(rows)),
    both_ways("boundary", alike ~ hours + leadership + (1 | unit), rows),
    both_ways("slope", slopes ~ hours + leadership + (leadership | unit), rows),
    both_ways("two slopes", steep ~ hours + leadership + (hours + leadership | unit),
              rows[ave(rows$unit, rows$unit, FUN = length) > 2, ]),
    both_ways("two slopes at an edge", slopes ~ hours + leadership + (hours + leadership | unit),
              rows[ave(rows$unit, rows$unit, FUN = length) > 2, ]),
    both_ways("three levels", three ~ hours + leadership + (1 | parent / unit), rows, three_levels),
    both_ways("three levels boundary", alike ~ hours + (1 | parent / unit), rows, three_levels),
    both_ways("split", intercepts ~ hours_between + hours_within + leadership_between +
                leadership_within + (1 | unit), split))
}

balanced <- function(rows) {
  place <- ave(rows$unit, rows$unit, FUN = seq_along)
  size <- ave(rows$unit, rows$unit, FUN = length)
  rows[size >= 5 & place <= 5, ]
}

realdata_cases <- function(folder) {
  soldiers <- read.csv(file.path(folder, "bh1996.csv"))
  split <- split_conditions(soldiers, c("hours", "leadership"))
  nurses <- read.csv(file.path(folder, "hox_nurses.csv"))
  nurses$parent <- nurses$hospital
  nurses$unit <- nurses$ward
  nurses$experiment <- as.numeric(nurses$expcon == "experiment")
  nurses$male <- as.numeric(nurses$gender == "Male")
  nurses$special <- as.numeric(nurses$wardtype == "special care")
  nurses$medium <- as.numeric(nurses$hospsize == "medium")
  nurses$large <- as.numeric(nurses$hospsize == "large")
  c(both_ways("bh1996", wellbeing ~ hours + leadership + (1 | unit), soldiers),
    both_ways("bh1996 split", wellbeing ~ hours_between + hours_within + leadership_between +
                leadership_within + (1 | unit), split),
    both_ways("bh1996 slope", wellbeing ~ hours + leadership + (hours | unit), soldiers),
    both_ways("nurses mean alone", stress ~ 1 + (1 | parent / unit), nurses, three_levels),
    both_ways("nurses", stress ~ experiment + (1 | parent / unit), nurses, three_levels),
    both_ways("nurses covariates", stress ~ experiment + age + male + experien + special + medium +
                large + (1 | parent / unit), nurses, three_levels))
}

write_cases <- function(cases, path) {
  about <- list(made_by = "tests/references/statistics_mixed.R", R = R.version.string,
                lme4 = as.character(packageVersion("lme4")))
  writeLines(toJSON(list(about = about, cases = cases), auto_unbox = TRUE, digits = 15, pretty = 1), path)
}

arguments <- commandArgs(trailingOnly = TRUE)
rows <- simulate_rows()
write.csv(rows, file.path(arguments[1], "statistics_mixed_simulated.csv"), row.names = FALSE, quote = FALSE)
write_cases(simulated_cases(rows), file.path(arguments[1], "statistics_mixed_simulated.json"))
if (length(arguments) > 1)
  write_cases(realdata_cases(arguments[2]), file.path(arguments[1], "statistics_mixed_realdata.json"))
