"""What a service could give at best: one route that makes one embedding with the package's own engine, nothing else."""

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from corpus.embed import PackageEmbedder

app = FastAPI(docs_url=None, redoc_url=None)
_engine = PackageEmbedder()


class Request(BaseModel):
    """The question, as the product's own route takes it."""

    question: str


@app.post("/api/v1/ask")
def embed(request: Request) -> list[float]:
    return [float(x) for x in _engine.embed_questions([request.question])[0]]


@app.get("/readyz")
def tell_ready() -> dict[str, str]:
    return {"status": "ready"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
