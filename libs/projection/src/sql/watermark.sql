select min(position) as watermark from projection.progress where generation = $1
