# Scores of four instruments by scoreItems of the R package psych, from keys written here by hand.
# Writes measures_scoring.json: the simulated answers (no gaps) and the scores.
suppressMessages(library(psych))
library(jsonlite)
set.seed(20260103)

run <- function(name, prefix, items, low, high, keys, totals) {
  answers <- matrix(sample(low:high, 40 * items, replace = TRUE), 40, items)
  colnames(answers) <- paste0(prefix, seq_len(items))
  named <- lapply(keys, function(key) paste0(ifelse(key < 0, "-", ""), prefix, abs(key)))
  scored <- suppressWarnings(suppressMessages(
    scoreItems(named, answers, totals = totals, min = low, max = high, impute = "none")
  ))
  list(answers = answers, scores = as.list(as.data.frame(scored$scores)))
}

result <- list(
  "proqol-5" = run("proqol-5", "proqol", 30, 1, 5, list(
    cs = c(3, 6, 12, 16, 18, 20, 22, 24, 27, 30),
    bo = c(-1, -4, 8, 10, -15, -17, 19, 21, 26, -29),
    sts = c(2, 5, 7, 9, 11, 13, 14, 23, 25, 28)
  ), TRUE),
  "stss" = run("stss", "stss", 17, 1, 5, list(
    intrusion = c(2, 3, 6, 10, 13),
    avoidance = c(1, 5, 7, 9, 12, 14, 17),
    arousal = c(4, 8, 11, 15, 16),
    total = 1:17
  ), TRUE),
  "olbi" = run("olbi", "olbi", 16, 1, 4, list(
    disengagement = c(1, -3, -6, 7, -9, -11, 13, 15),
    exhaustion = c(-2, -4, 5, -8, 10, -12, 14, 16)
  ), FALSE),
  "hse-indicator-tool" = run("hse-indicator-tool", "hse", 35, 1, 5, list(
    demands = -c(3, 6, 9, 12, 16, 18, 20, 22),
    control = c(2, 10, 15, 19, 25, 30),
    manager_support = c(8, 23, 29, 33, 35),
    peer_support = c(7, 24, 27, 31),
    relationships = -c(5, 14, 21, 34),
    role = c(1, 4, 11, 13, 17),
    change = c(26, 28, 32)
  ), FALSE)
)

arguments <- commandArgs(trailingOnly = TRUE)
path <- if (length(arguments)) arguments[1] else "measures_scoring.json"
write(toJSON(result, digits = NA, auto_unbox = FALSE), path)
