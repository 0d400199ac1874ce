export GENERIC_LOGGER_ENDPOINT=$ASSAY_INGEST_URL/v1/integrations/litellm
export GENERIC_LOGGER_HEADERS="Authorization=Bearer $ASSAY_API_KEY"
