# Ridge with estimated scales by brute force, to compare with replenish.statistics.ridge.
#
#   Rscript tests/references/statistics_ridge.R OUT
#
# writes OUT/statistics_ridge.json: simulated answers; the restricted marginal likelihood from dense
# matrices, row by row (nothing but the definition: y ~ N(F a, s2 (I + lambda ZZ' + C K C')), a flat, s2
# integrated out under 1/s2); its maximum by optim; and the posterior mean and standard deviation by brute
# integration over an even grid of the half-Cauchy priors' distribution functions.
suppressMessages(library(jsonlite))

set.seed(31)
sizes <- c(3, 4, 4, 5, 5, 6, 7, 8, 3, 4, 6, 5)
unit <- rep(seq_along(sizes), sizes)
n <- length(unit)
G <- length(sizes)
shared <- rnorm(G)
support <- (3 + .5 * shared + .3 * rnorm(G))[unit] + rnorm(n, 0, .7)
workload <- (50 - 6 * shared + 4 * rnorm(G))[unit] + rnorm(n, 0, 9)
exposure <- rpois(n, 8)
strain <- 30 - 3 * support + .25 * workload + .4 * exposure + rnorm(G, 0, 2)[unit] + rnorm(n, 0, 4)

mean_of <- function(x) tapply(x, unit, mean)
between <- function(x) mean_of(x)[unit] / sd(mean_of(x))
within_sd <- function(x) sqrt(sum((x - ave(x, unit))^2) / (n - G))
within <- function(x) (x - ave(x, unit)) / within_sd(x)
y <- strain / within_sd(strain)
flat <- cbind(1, between(exposure), within(exposure))
over <- cbind(between(support), between(workload))
inside <- cbind(within(support), within(workload))
same <- outer(unit, unit, "==") * 1
df <- n - ncol(flat)

at <- function(scales) {
  V <- diag(n) + scales[1]^2 * same + scales[2]^2 * tcrossprod(over) + scales[3]^2 * tcrossprod(inside)
  R <- chol(V)
  half <- function(M) backsolve(R, M, transpose = TRUE)
  FF <- half(flat)
  e <- qr.resid(qr(FF), half(y))
  list(log_likelihood = -sum(log(diag(R))) - .5 * as.numeric(determinant(crossprod(FF))$modulus) - .5 * df * log(sum(e^2)),
       residual = sum(e^2),
       whitened = function() {
         a <- qr.coef(qr(FF), half(y))
         direction <- backsolve(R, half(y) - FF %*% a)
         c(scales[2]^2 * crossprod(over, direction), scales[3]^2 * crossprod(inside, direction))
       },
       covariance = function() {
         C <- cbind(over, inside)
         K <- diag(rep(scales[2:3]^2, each = 2))
         P <- chol2inv(R)
         P <- P - P %*% flat %*% solve(t(flat) %*% P %*% flat, t(flat) %*% P)
         sum(e^2) / df * (K - K %*% t(C) %*% P %*% C %*% K)
       })
}

points <- list(c(.4, .3, .2), c(0, .1, .5), c(1, 0, .1), c(.2, 2, 1))
surface <- sapply(points, function(s) at(s)$log_likelihood)
residuals <- sapply(points, function(s) at(s)$residual)
best <- list(value = Inf)
for (start in points) {
  found <- optim(pmax(start, .05), function(s) -at(s)$log_likelihood, method = "L-BFGS-B", lower = 0,
                 control = list(factr = 10, pgtol = 1e-10))
  if (found$value < best$value) best <- found
}

spread <- sd(mean_of(strain)) / within_sd(strain)
m <- 22
grid <- (seq_len(m) - .5) / m
steps <- expand.grid(grid, grid, grid)
scales <- cbind(spread * tan(pi / 2 * steps[[1]]), spread * tan(pi / 2 * steps[[2]]), tan(pi / 2 * steps[[3]]))
log_density <- apply(scales, 1, function(s) at(s)$log_likelihood)
weight <- exp(log_density - max(log_density))
weight <- weight / sum(weight)
kept <- which(weight > 1e-7)
first <- sapply(kept, function(i) at(scales[i, ])$whitened())
second <- sapply(kept, function(i) diag(at(scales[i, ])$covariance()))
w <- weight[kept] / sum(weight[kept])
mean_standard <- as.numeric(first %*% w)
variance <- as.numeric((second * df / (df - 2) + (first - mean_standard)^2) %*% w)
unit_of <- within_sd(strain) / c(sd(mean_of(support)), sd(mean_of(workload)), within_sd(support), within_sd(workload))

result <- list(rows = data.frame(unit, strain, support, workload, exposure),
               points = do.call(rbind, points), log_likelihood = surface, residual = residuals,
               most_likely = best$par, highest = -best$value,
               residual_variance = at(best$par)$residual / df * within_sd(strain)^2,
               names = c("support between", "workload between", "support within", "workload within"),
               mean = mean_standard * unit_of, sd = sqrt(variance) * unit_of)
write(toJSON(result, digits = NA, auto_unbox = TRUE, dataframe = "columns", matrix = "rowmajor"),
      file.path(commandArgs(TRUE)[1], "statistics_ridge.json"))
