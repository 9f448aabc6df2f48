"""Renders the rows of a Spark data set through `pipe`: a row in, a line of JSON out.

usage: spark_pipe.py PULLQUOTE TABLE.csv OUT

Every partition starts the program once and gives it its rows as JSON Lines; the program writes the
pictures into OUT, which all workers must be able to write to (a bucket, `s3://…`, in a program built
with `--features cloud`), and answers with one line for each row
in the order of the rows. Ids must be unique over all partitions, for they name the files.
"""

import json
import os
import shlex
import sys

from pyspark.sql import SparkSession

program, table, out = sys.argv[1:4]
spark = SparkSession.builder.appName("cards").getOrCreate()
rows = spark.read.csv(table, header=True).repartition(4)

command = shlex.join(
    [program, "render", "--from", "jsonl", "-", "--platform", "square", "--out", out]
    + ["--no-index", "--format", "rows", "--quiet"]
)
# Exit code 1 means that some rows have problems, which their lines tell; 2 that nothing could be done.
# An empty partition has no rows to make anything of.
command = (
    f"IFS= read -r row || exit 0; {{ printf '%s\\n' \"$row\"; cat; }} | {command} || [ $? -eq 1 ]"
)
command = f"sh -c {shlex.quote(command)}"
# `pipe` starts it with an empty environment: what a bucket needs is handed on from here.
stores = ("AWS_", "GOOGLE_", "AZURE_")
environment = {name: value for name, value in os.environ.items() if name.startswith(stores)}
lines = rows.toJSON().pipe(command, env=environment | {"PATH": os.defpath}, checkCode=True)
results = lines.map(json.loads).collect()

for result in sorted(results, key=lambda result: result["card"] or ""):
    files = ", ".join(image.get("file", "-") for image in result["images"])
    print(result["state"], result["card"], files)
made = sum(result["state"] == "made" for result in results)
print(f"{made} of {rows.count()} rows made")
spark.stop()
