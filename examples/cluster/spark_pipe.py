"""Renders the rows of a Spark data set through `pipe`: a row in, a line of JSON out.

usage: spark_pipe.py PULLQUOTE TABLE.csv OUT

Every partition starts the program once and gives it its rows as JSON Lines; the program writes the
pictures into OUT, which all workers must be able to write to, and answers with one line for each row
in the order of the rows. Ids must be unique over all partitions, for they name the files.
"""

import json
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
# Exit code 1 means that some rows have problems, which their lines tell; an empty partition has no
# rows to make anything of.
command = f"sh -c {shlex.quote(f'{command} || [ $? -le 2 ]')}"
results = rows.toJSON().pipe(command).map(json.loads).collect()

for result in sorted(results, key=lambda result: result["card"] or ""):
    files = ", ".join(image.get("file", "-") for image in result["images"])
    print(result["state"], result["card"], files)
made = sum(result["state"] == "made" for result in results)
print(f"{made} of {rows.count()} rows made")
spark.stop()
