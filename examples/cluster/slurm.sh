#!/bin/bash
# Eight tasks into one folder; a ninth job joins what they made when all of them have succeeded.
#
#   cards=$(sbatch --parsable slurm.sh)
#   sbatch --dependency=afterok:$cards --wrap 'pullquote merge campaign.csv --out cards'
#
#SBATCH --job-name=cards
#SBATCH --array=0-7
#SBATCH --cpus-per-task=4
#SBATCH --mem=512M
#SBATCH --time=00:20:00
#SBATCH --signal=INT@30
set -euo pipefail
# The number of the task and how many there are come from SLURM_ARRAY_TASK_ID and
# SLURM_ARRAY_TASK_COUNT.
exec pullquote render campaign.csv --out cards --shard auto --jobs "${SLURM_CPUS_PER_TASK:-1}"
