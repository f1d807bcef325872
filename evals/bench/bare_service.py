"""What a service could give at best: one route that makes one embedding with the package's own engine, nothing else."""

import os
from typing import Annotated

import uvicorn
from fastapi import Body, FastAPI

from corpus.embedding.embed import PackageEmbedder

app = FastAPI(docs_url=None, redoc_url=None)
_engine = PackageEmbedder()


@app.post("/api/v1/ask")
def embed(question: Annotated[str, Body(embed=True)]) -> list[float]:
    return [float(x) for x in _engine.embed_questions([question])[0]]


@app.get("/readyz")
def tell_ready() -> None:
    """It answers, so it is ready."""


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["POLICY_PORT"]), log_level="warning")
